using Emargement.Domain.Absences;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences.Runs;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Absences.Api;

/// <summary>Absences: filed with their documents, examined, decided.</summary>
public sealed class AbsenceFunctions(
    OrganisationSettings organisations, ListAbsences list, FileAbsence file, AbsenceHalfDays halfDays, AttachDocument attach,
    OpenDocument open, DecideAbsence decide, WithdrawAbsence withdraw, LargeBodies bodies, TimeProvider time)
{
    private const string All = "api/organisations/{org}/absences";
    private const string One = All + "/{absence}";

    /// <summary>Absences by pages: a learner's, those decided in a month, else those that nobody has decided; a learner's own.</summary>
    [Function("ListAbsences")]
    [Access(Callers.Learner | Callers.Manager | Callers.Machine, Right = ApiRights.Absences)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => AbsencesQuestion.Of(request)
                .ThenAsync(asked => list.RunAsync(organisation, asked, request.Caller(), cancellation)),
            page => ApiJson.Ok(page));

    /// <summary>Files an absence: a learner one's own, who examines anybody's. The same again is the same absence.</summary>
    [Function("FileAbsence")]
    [Access(Callers.Learner | Callers.Manager | Callers.Machine, Right = ApiRights.Absences, PerMinute = 60)]
    public async Task<IResult> File(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, AbsenceBody body) => FileAsync(organisation, body, request.Caller(), cancellation),
            filed => ApiJson.Ok(filed, StatusCodes.Status201Created),
            cancellation);

    /// <summary>Adds a document (PDF, JPEG or PNG, 10 MB) to an absence that nobody has decided.</summary>
    [Function("AttachAbsenceDocument")]
    [Access(Callers.Learner | Callers.Manager, PerMinute = 20)]
    public async Task<IResult> Attach(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One + "/files")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            Route(request),
            route => bodies.UseAsync(
                request, BodyLane.Known, AttachDocument.MaxBytes,
                document => attach.RunAsync(route, document, request.Caller(), cancellation), cancellation),
            absence => ApiJson.Ok(AbsenceView.Of(absence, Today), StatusCodes.Status201Created));

    /// <summary>A document, as an attachment; who opened it is written down.</summary>
    [Function("GetAbsenceDocument")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Export)]
    public Task<IResult> Open(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One + "/files/{file}")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            Route(request),
            route => open.RunAsync(route, request.RouteText("file"), cancellation),
            opened => Results.File(opened.Content, opened.Type, opened.Name));

    /// <summary>Accepts or refuses an absence, anew only for a reason; its half-days follow.</summary>
    [Function("AnswerAbsence")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Absences, PerMinute = 60)]
    [Audit(AuditKind.Correction)]
    public async Task<IResult> Decide(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One + "/decision")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, DecisionRequest body) => DecideAsync(request, client, organisation, body, cancellation),
            decided => ApiJson.Ok(AbsenceView.Of(decided, Today), StatusCodes.Status202Accepted),
            cancellation);

    /// <summary>Takes back one's own absence that nobody has decided.</summary>
    [Function("WithdrawAbsence")]
    [Access(Callers.Learner, PerMinute = 20)]
    public Task<IResult> Withdraw(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            Route(request), route => withdraw.RunAsync(route, request.Caller(), cancellation), _ => Results.NoContent());

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private async Task<Result<AbsenceView>> FileAsync(
        Organisation organisation, AbsenceBody body, Caller caller, CancellationToken cancellation)
    {
        if ((body.Learner ?? caller.Person) is not { } learner || (body.Learner is null && caller.Kind != Callers.Learner))
        {
            return Refusal.NotFound("learner-not-found");
        }

        var asked = new AbsenceRequest(learner, new AbsenceSpan(body.First, body.Last), body.Code, body.Text);
        var filed = await file.RunAsync(organisation, asked, caller, cancellation);
        if (!filed.IsOk)
        {
            return filed.Refusal;
        }

        var covered = await halfDays.FindAsync(organisation.Id, learner, filed.Value.Span, cancellation);
        var view = AbsenceView.Of(filed.Value, organisation.Zone.DateAt(time.GetUtcNow()), [.. covered.Select(s => s.Id)]);
        return caller.Kind == Callers.Learner ? view.ForLearner() : view;
    }

    private async Task<Result<Absence>> DecideAsync(
        HttpRequest request, DurableTaskClient client, Organisation organisation, DecisionRequest body, CancellationToken cancellation)
    {
        var decided = await Route(request)
            .ThenAsync(route => decide.RunAsync(organisation, route.Id, body, request.Caller(), cancellation))
            .ThenAsync(made => AbsenceRuns.StartAsync(client, organisation.Id, made, cancellation));
        if (decided.IsOk)
        {
            request.HttpContext.NoteWhom(organisation.Id, new AccountId(AccountKind.Learner, decided.Value.Learner));
        }

        return decided;
    }

    private static Result<Route<AbsenceId>> Route(HttpRequest request) =>
        Routes.Of<AbsenceId>(request, "absence", AbsenceId.TryParse, "absence-not-found");
}
