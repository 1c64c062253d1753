using Emargement.Functions.Months;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Portal;
using Emargement.Functions.Region;
using Emargement.Web.Portal;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Portal;

/// <summary>What an officer reads of learners whom the Région pays: each opening is a line of the Région's audit.</summary>
public sealed class PortalReadingPageFunctions(
    OrganisationSettings organisations, ShowPortalMonthPage months, ShowPortalPlacePage places, ShowPortalLines lines)
{
    private const string Place = "r/{region}/months/{month}/{nda}";

    /// <summary>The learners of a group, with their half-days.</summary>
    [Function("ShowPortalGroupPage")]
    [Access(Callers.Officer)]
    [Page]
    [Audit(AuditKind.Read)]
    public async Task<IResult> Group(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Place + "/{training}/{group}")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<PortalGroupPage, PortalGroupModel>(
            await organisations.HolderAsync(request, cancellation),
            holder => PortalRoute.Of(request).ThenAsync(place => MonthRoute.GroupOf(request).ThenAsync(
                key => places.GroupAsync(holder, place, key, cancellation))));

    /// <summary>What two versions of a month say differently.</summary>
    [Function("ShowPortalDifferencesPage")]
    [Access(Callers.Officer, PerMinute = 60)]
    [Page]
    [Audit(AuditKind.Read)]
    public async Task<IResult> Differences(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Place + "/differences")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<PortalLinesPage, PortalLinesModel>(
            await organisations.HolderAsync(request, cancellation),
            holder => PortalRoute.Of(request).ThenAsync(
                place => lines.DifferencesAsync(holder, place, request.Query, request.Texts(), cancellation)));

    /// <summary>What an inspector would ask about in an organisation's month.</summary>
    [Function("ShowPortalAnomaliesPage")]
    [Access(Callers.Officer)]
    [Page]
    [Audit(AuditKind.Read)]
    public async Task<IResult> Anomalies(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Place + "/anomalies")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<PortalLinesPage, PortalLinesModel>(
            await organisations.HolderAsync(request, cancellation),
            holder => PortalRoute.Of(request).ThenAsync(
                place => lines.AnomaliesAsync(holder, place, request.Query, request.Texts(), cancellation)));

    /// <summary><c>GET r/{region}/anomalies</c>: leads to those of the last month that is over.</summary>
    [Function("ShowAnomaliesHome")]
    [Access(Callers.Officer)]
    [Page]
    public async Task<IResult> AnomaliesHome(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "r/{region}/anomalies")] HttpRequest request,
        CancellationToken cancellation)
    {
        var holder = await organisations.HolderAsync(request, cancellation);
        return holder.IsOk
            ? Results.Redirect($"{holder.Value.Id.Pages}/anomalies/{months.Current(holder.Value)}")
            : await request.RefusalPageAsync(null, holder.Refusal);
    }

    /// <summary><c>GET r/{region}/anomalies/{month}</c>: the organisations that would be asked something; figures only.</summary>
    [Function("ShowAnomaliesOfMonthPage")]
    [Access(Callers.Officer)]
    [Page]
    public async Task<IResult> AnomaliesOfMonth(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "r/{region}/anomalies/{month}")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<PortalAnomaliesPage, PortalAnomaliesModel>(
            await organisations.HolderAsync(request, cancellation),
            holder => RegionRoute.Of(request).ThenAsync(route => months.AnomaliesAsync(holder, route, cancellation)));
}
