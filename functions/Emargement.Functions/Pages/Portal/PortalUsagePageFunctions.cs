using Emargement.Domain.People;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Portal.Usage;
using Emargement.Functions.Region;
using Emargement.Web.Portal;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Portal;

/// <summary>The page that says what a Région is charged for: figures only.</summary>
public sealed class PortalUsagePageFunctions(OrganisationSettings organisations, ListRegionUsage list, ShowPortalMonthPage months)
{
    /// <summary><c>GET r/{region}/usage</c>: leads to that of the last month that is over.</summary>
    [Function("ShowRegionUsageHome")]
    [Access(Callers.Officer)]
    [Page]
    public async Task<IResult> Home(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "r/{region}/usage")] HttpRequest request, CancellationToken cancellation)
    {
        var holder = await organisations.HolderAsync(request, cancellation);
        return holder.IsOk
            ? Results.Redirect($"{holder.Value.Id.Pages}/usage/{months.Current(holder.Value)}")
            : await request.RefusalPageAsync(null, holder.Refusal);
    }

    /// <summary><c>GET r/{region}/usage/{month}</c>: a month by organisation.</summary>
    [Function("ShowRegionUsagePage")]
    [Access(Callers.Officer)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "r/{region}/usage/{month}")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<PortalUsagePage, PortalUsageModel>(
            await organisations.HolderAsync(request, cancellation),
            holder => RegionRoute.Of(request).ThenAsync(async route =>
                (await list.RunAsync(route, cancellation)).Then(usage => ModelOf(holder, route, usage))));

    private PortalUsageModel ModelOf(Organisation holder, RegionRoute route, RegionUsage usage) => new(
        holder.Id.Pages,
        $"/api/region/{route.Region}/usage/{route.Month}.csv",
        route.Month,
        months.IsLast(holder, route.Month),
        [.. usage.Organisations.Select(o => new PortalUsageRow(o.Name, o.Nda, o.Counts, o.Final))]);
}
