using Emargement.Domain.Region;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Functions.Region.Export;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Region;

/// <summary>
/// Every hour: exports the months that are over where the organisations are, and that no run has exported since. Late, doubled or
/// restarted, it changes nothing more.
/// </summary>
public sealed class MonthlyExportTimer(
    OrganisationsTable organisations, ExportsTable exports, RegionExportRuns runs, PulseTable pulses, TimeProvider time)
{
    /// <summary>Names the monthly run of a month, so that a run that failed in part is completed, not doubled.</summary>
    internal const string Run = "monthly";

    private static readonly TimeSpan LateAfter = TimeSpan.FromDays(1);

    [Function(Pulse.MonthlyExport)]
    public async Task RunAsync(
        [TimerTrigger("0 10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (late, doneAt) = (0, default(DateTimeOffset?));
        var all = await organisations.ListAsync(cancellation).Select(o => o.Value).ToListAsync(cancellation);
        foreach (var (region, month) in ExportSchedule.Due(all, now))
        {
            if (await exports.MonthDoneAtAsync(region, month, cancellation) is { } at)
            {
                doneAt = at > doneAt || doneAt is null ? at : doneAt;
                continue;
            }

            late += ExportSchedule.IsOver(month, region, all, now - LateAfter) ? 1 : 0;
            await runs.StartAsync(client, new RegionExportRun(region.Value, month.ToString(), "system", Run), cancellation);
        }

        await pulses.NoteAsync(Pulse.MonthlyExport, doneAt, late, cancellation);
    }
}
