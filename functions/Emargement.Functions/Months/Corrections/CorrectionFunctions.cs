using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Months.Corrections;

/// <summary>Several corrections at once.</summary>
public sealed class CorrectionFunctions(CorrectMany correct)
{
    private const string All = "api/organisations/{org}/corrections";

    /// <summary>Corrects up to 200 attendances for one reason; their sheets get new versions in the background.</summary>
    [Function("CorrectMany")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months, PerMinute = 20)]
    [OwnFacts]
    public Task<IResult> Correct(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = All)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            request.Organisation(),
            (OrganisationId organisation, CorrectionsRequest body) => correct
                .RunAsync(organisation, body, request.Caller(), cancellation)
                .ThenAsync(made => CorrectionRuns.StartAsync(client, organisation, made, cancellation)),
            made => ApiJson.Ok(made, StatusCodes.Status202Accepted),
            cancellation);

    /// <summary>Whether the sheets of several corrections have their new versions.</summary>
    [Function("GetCorrections")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months)]
    public static Task<IResult> Status(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = All + "/{run}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request.Organisation(),
            organisation => CorrectionRuns.FindAsync(client, organisation, request.RouteText("run"), cancellation),
            status => ApiJson.Ok(status));
}
