using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Statements;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Statements.Bulk;

/// <summary>Certificates and statements of everybody in a training.</summary>
public sealed class TrainingStatementFunctions(OrganisationSettings organisations, StatementRuns runs, StatementsZip zip)
{
    /// <summary>Issues the same kind of statement for everybody in a training, in the background.</summary>
    [Function("IssueTrainingStatements")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months, PerMinute = 10)]
    public async Task<IResult> Issue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = StatementRoute.OfTraining)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, TrainingStatementsBody body) => StatementRoute.Training(request)
                .ThenAsync(training => StatementRoute.Of(training, body.Kind, StatementSpan.Of(body.First, body.Last))
                    .ThenAsync(asked => runs.StartAsync(client, organisation, asked, request.Caller(), cancellation))),
            status => ApiJson.Ok(status, StatusCodes.Status202Accepted),
            cancellation);

    /// <summary>How far that is: kind, first and last in the query.</summary>
    [Function("GetTrainingStatements")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months)]
    public static Task<IResult> Status(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = StatementRoute.OfTraining)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request.Organisation(),
            organisation => AskedAsync(
                request,
                async asked => Result<StatementsStatus>.FromT(
                    await StatementRuns.FindAsync(client, organisation, asked, cancellation))),
            status => ApiJson.Ok(status));

    /// <summary>The latest of them in one ZIP with a list: kind, first and last in the query.</summary>
    [Function("DownloadTrainingStatements")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months, PerMinute = 10)]
    [Audit(AuditKind.Export)]
    public Task<IResult> Zip(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = StatementRoute.OfTraining + "/zip")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request.Organisation(),
            organisation => AskedAsync(request, async asked => (await zip.WriteAsync(organisation, asked, cancellation))
                .Then(file => (Content: file, Name: $"{asked.Training.Key}_{asked.Kind.NameOf()}_{asked.Span}.zip"))),
            file => Results.Stream(file.Content, "application/zip", file.Name));

    private static Task<Result<T>> AskedAsync<T>(HttpRequest request, Func<TrainingStatements, Task<Result<T>>> act) =>
        StatementRoute.Training(request).ThenAsync(training => StatementRoute.Asked(request, training).ThenAsync(act));
}
