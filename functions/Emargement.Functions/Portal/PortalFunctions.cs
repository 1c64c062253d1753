using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Months;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Region;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Portal;

/// <summary>What a Région reads of the months of its organisations.</summary>
public sealed class PortalFunctions(
    ListPortalMonth list, ShowPortalMonth show, ShowPortalGroup group, ListPortalAnomalies anomalies, CompareVersions compare)
{
    /// <summary>A month across organisations, the least complete first.</summary>
    [Function("ListPortalMonth")]
    [Access(Callers.RegionKey | Callers.Officer | Callers.Operator, Right = ApiRights.Months)]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PortalRoute.Month)] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            RegionRoute.Of(request),
            route => Asked(request).ThenAsync(asked => list.RunAsync(route, asked, cancellation)),
            months => ApiJson.Ok(months));

    /// <summary>One organisation's month: figures by group, versions.</summary>
    [Function("ShowPortalMonth")]
    [Access(Callers.RegionKey | Callers.Officer | Callers.Operator, Right = ApiRights.Months)]
    public Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PortalRoute.Place)] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(PortalRoute.Of(request), place => show.RunAsync(place, cancellation), month => ApiJson.Ok(month));

    /// <summary>The learners of a group whom the Région pays, with their half-days.</summary>
    [Function("ShowPortalGroup")]
    [Access(Callers.RegionKey | Callers.Officer, Right = ApiRights.Months)]
    [Audit(AuditKind.Read)]
    public Task<IResult> Group(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PortalRoute.Place + "/groups/{training}/{group}")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            PortalRoute.Of(request),
            place => MonthRoute.GroupOf(request).ThenAsync(key => group.RunAsync(place, key, cancellation)),
            shown => ApiJson.Ok(shown));

    /// <summary>What an inspector would ask about in its last version.</summary>
    [Function("ListPortalAnomalies")]
    [Access(Callers.RegionKey | Callers.Officer, Right = ApiRights.Months)]
    [Audit(AuditKind.Read)]
    public Task<IResult> Anomalies(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PortalRoute.Place + "/anomalies")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            PortalRoute.Of(request),
            place => anomalies.RunAsync(place, request.Query["code"].FirstOrDefault(), cancellation),
            found => ApiJson.Ok(found));

    /// <summary>What two versions of it say differently.</summary>
    [Function("CompareVersions")]
    [Access(Callers.RegionKey | Callers.Officer, Right = ApiRights.Months, PerMinute = 60)]
    [Audit(AuditKind.Read)]
    public Task<IResult> Compare(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PortalRoute.Place + "/differences")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            PortalRoute.Of(request),
            place => VersionPair.Of(request.Query["from"].FirstOrDefault(), request.Query["to"].FirstOrDefault())
                .ThenAsync(pair => compare.RunAsync(place, pair, cancellation)),
            differences => ApiJson.Ok(differences));

    private static Result<PortalQuestion> Asked(HttpRequest request)
    {
        var (state, continuation) = (request.Query["state"].FirstOrDefault(), request.Query["continuation"].FirstOrDefault());
        return string.IsNullOrEmpty(state) ? new PortalQuestion(null, continuation)
            : state.All(char.IsAsciiLetterLower) && Enum.TryParse<MonthState>(state, ignoreCase: true, out var known)
                ? new PortalQuestion(known, continuation)
                : Refusal.BadInput("request-invalid");
    }
}
