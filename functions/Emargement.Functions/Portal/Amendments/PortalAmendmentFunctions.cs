using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Amendments;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Portal.Amendments;

/// <summary>Amendments of closed months, as a Région reads and answers them.</summary>
public sealed class PortalAmendmentFunctions(PortalAmendments amendments)
{
    private const string One = PortalRoute.Place + "/amendments/{number}";

    /// <summary>What its organisations ask to amend, those that wait first.</summary>
    [Function("ListPortalAmendments")]
    [Access(Callers.RegionKey | Callers.Officer, Right = ApiRights.Months)]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/region/{region}/amendments")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            RegionOf(request),
            code => amendments.ListAsync(code, cancellation),
            listed => ApiJson.Ok(listed));

    /// <summary>One amendment: minutes of each learner before and after.</summary>
    [Function("ShowPortalAmendment")]
    [Access(Callers.RegionKey | Callers.Officer, Right = ApiRights.Months)]
    [Audit(AuditKind.Read)]
    public Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            PortalRoute.Of(request),
            place => NumberOf(request).ThenAsync(number => amendments.ShowAsync(place, number, cancellation)),
            shown => ApiJson.Ok(shown));

    /// <summary>Agrees to an amendment, whose corrections are then made and sent, or refuses it; again, it answers as the first
    /// time.</summary>
    [Function("AnswerPortalAmendment")]
    [Access(Callers.RegionKey | Callers.Officer, Right = ApiRights.Months, Role = OfficerRole.Handling)]
    public Task<IResult> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One + "/decision")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            PortalRoute.Of(request),
            (PortalPlace place, AmendmentAnswer body) => NumberOf(request).ThenAsync(
                number => StartedAsync(client, place, number, body, request.Caller(), cancellation)),
            shown => ApiJson.Ok(shown),
            cancellation);

    private static Result<RegionCode> RegionOf(HttpRequest request) =>
        RegionCode.TryParse(request.RouteText("region"), out var region) ? region : Refusal.NotFound("region-unknown");

    /// <returns>The number, or <c>amendment-unknown</c>.</returns>
    internal static Result<int> NumberOf(HttpRequest request) =>
        int.TryParse(request.RouteText("number"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 10_000
            ? number
            : Refusal.NotFound("amendment-unknown");

    private async Task<Result<PortalAmendment>> StartedAsync(
        DurableTaskClient client, PortalPlace place, int number, AmendmentAnswer body, Caller caller, CancellationToken cancellation)
    {
        var answered = await amendments.AnswerAsync(place, number, body, caller, cancellation);
        var started = await answered.ThenAsync(a => AmendmentRuns.StartAsync(
            client, place.Region, a.Organisation, a.Amendment, cancellation));
        return await started.ThenAsync(_ => amendments.ShowAsync(place, number, cancellation));
    }
}
