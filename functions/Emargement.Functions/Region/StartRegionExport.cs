using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.People;

namespace Emargement.Functions.Region;

/// <summary>Asks for the next version of every organisation's month of a Région.</summary>
public sealed class StartRegionExport(OrganisationsTable organisations, TimeProvider time)
{
    /// <param name="by">Who asks, as in the manifest.</param>
    /// <returns>The run to start, or <c>region-unknown</c>, <c>month-not-begun</c>.</returns>
    public async Task<Result<RegionExportRun>> RunAsync(RegionRoute route, string by, CancellationToken cancellation)
    {
        var all = await organisations.ListAsync(cancellation).Select(o => o.Value).ToListAsync(cancellation);
        return ExportSchedule.HasBegun(route.Month, route.Region, all, time.GetUtcNow()) switch
        {
            null => Refusal.NotFound("region-unknown"),
            false => Refusal.Conflict("month-not-begun"),
            true => new RegionExportRun(route.Region.Value, route.Month.ToString(), by, Guid.NewGuid().ToString("N")),
        };
    }
}
