using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Region;

namespace Emargement.Functions.Portal;

/// <param name="Title">The training's.</param>
public sealed record PortalGroup(Reference Training, string? Title, string Group, RegionCounts Counts);

/// <summary>One organisation's month: figures of its last version by group, and every version with its files.</summary>
public sealed record PortalMonthShown(
    PortalMonth Summary,
    IReadOnlyList<PortalGroup> Groups,
    IReadOnlyList<AnomalyCount> Anomalies,
    IReadOnlyList<ExportListed> Versions);

/// <summary>Shows a Région the month of one organisation: two ranges.</summary>
public sealed class ShowPortalMonth(PortalMonths months)
{
    /// <returns>The month, or <c>organisation-unknown</c>.</returns>
    public async Task<Result<PortalMonthShown>> RunAsync(PortalPlace place, CancellationToken cancellation)
    {
        var found = await months.VersionsAsync(place, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var figures = found.Value.Last?.Figures;
        return new PortalMonthShown(
            PortalMonth.Of(found.Value.Row),
            [.. (figures?.Groups ?? []).Select(g => new PortalGroup(g.Training, g.Title, g.Group, g.Counts))],
            figures?.Anomalies ?? [],
            [.. found.Value.Versions.Select(ListRegionExports.Listed)]);
    }
}
