using Emargement.Domain.Region;
using Emargement.Functions.People;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Region;

/// <summary>What a look at the months of the Régions found.</summary>
/// <param name="Due">Runs to start.</param>
/// <param name="DoneAt">When the last month was exported; null when this look saw none.</param>
/// <param name="Late">How many months of Régions should have been exported for a day.</param>
public sealed record DueExports(IReadOnlyList<RegionExportRun> Due, DateTimeOffset? DoneAt, int Late);

/// <summary>Finds the months that are over where the organisations are, and that no run has exported since.</summary>
public sealed class FindDueExports(OrganisationsTable organisations, ExportsTable exports, TimeProvider time)
{
    /// <summary>Names the monthly run of a month, so that a run that failed in part is completed, not doubled.</summary>
    internal const string Run = "monthly";

    private static readonly TimeSpan LateAfter = TimeSpan.FromDays(1);

    public async Task<DueExports> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (due, late, doneAt) = (new List<RegionExportRun>(), 0, default(DateTimeOffset?));
        var all = await organisations.ListAsync(cancellation).Select(o => o.Value).ToListAsync(cancellation);
        foreach (var (region, month) in ExportSchedule.Due(all, now))
        {
            if (await exports.MonthDoneAtAsync(region, month, cancellation) is { } at)
            {
                doneAt = at > doneAt || doneAt is null ? at : doneAt;
                continue;
            }

            late += ExportSchedule.IsOver(month, region, all, now - LateAfter) ? 1 : 0;
            due.Add(new RegionExportRun(region.Value, month.ToString(), "system", Run));
        }

        return new DueExports(due, doneAt, late);
    }
}
