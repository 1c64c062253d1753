using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Statements;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Statements.Issuing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Statements;

/// <summary>Certificates and statements of one learner.</summary>
public sealed class StatementFunctions(
    OrganisationSettings organisations, IssueStatement issue, DraftStatement draft, ListStatements list, OpenStatement open)
{
    /// <summary>Issues a statement, sealed; asked again, it is the same one until what it rests on changes.</summary>
    [Function("IssueStatement")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months, PerMinute = 60)]
    public async Task<IResult> Issue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = StatementRoute.OfLearner)] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, StatementBody body) => StatementRoute.Learner(request)
                .ThenAsync(learner => StatementRoute.Key(body.Training, learner, body.Kind, StatementSpan.Of(body.First, body.Last))
                    .ThenAsync(key => issue.RunAsync(organisation, key, request.Caller(), cancellation))),
            issued => ApiJson.Ok(StatementView.Of(issued), StatusCodes.Status201Created),
            cancellation);

    /// <summary>A learner's sealed statements, the newest first.</summary>
    [Function("ListStatements")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months)]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = StatementRoute.OfLearner)] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            Routes.Of<Reference>(request, "learner", Reference.TryParseKey, "learner-not-found"),
            route => list.OfLearnerAsync(route.Organisation, route.Id, cancellation),
            statements => ApiJson.Ok(new { items = statements }));

    /// <summary>A statement as it would be now, provisional and not sealed: kind, training, first and last in the query.</summary>
    [Function("DraftStatement")]
    [Access(Callers.Manager, PerMinute = 30)]
    [Audit(AuditKind.Export)]
    public async Task<IResult> Draft(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = StatementRoute.OfLearner + "/draft")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => StatementRoute.Learner(request).ThenAsync(learner => StatementRoute.AskedOf(request, learner)
                .ThenAsync(key => draft.RunAsync(organisation, key, cancellation))),
            pdf => Results.Bytes(pdf, "application/pdf", "projet.pdf"));

    /// <summary>A sealed statement: the PDF.</summary>
    [Function("DownloadStatement")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months)]
    [Audit(AuditKind.Export)]
    public Task<IResult> Pdf(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = StatementRoute.Address)] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request.Organisation(),
            organisation => open.PdfAsync(organisation, request.RouteText("code"), cancellation),
            file => Results.Bytes(file.Content, file.Type, file.Name));

    /// <summary>A sealed statement: the evidence beside it, which lists the sheets that it rests on.</summary>
    [Function("DownloadStatementEvidence")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months)]
    [Audit(AuditKind.Export)]
    public Task<IResult> Evidence(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = StatementRoute.Address + "/evidence")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request.Organisation(),
            organisation => open.EvidenceAsync(organisation, request.RouteText("code"), cancellation),
            file => Results.Bytes(file.Content, file.Type, file.Name));
}
