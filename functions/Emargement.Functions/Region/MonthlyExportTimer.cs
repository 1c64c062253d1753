using Emargement.Domain.Region;
using Emargement.Functions.People;
using Emargement.Functions.Region.Export;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Region;

/// <summary>Every hour: exports the months that are over where the organisations are, and that no run has exported since. Late, doubled or restarted, it changes nothing more.</summary>
public sealed class MonthlyExportTimer(OrganisationsTable organisations, ExportsTable exports, RegionExports runs, TimeProvider time)
{
    /// <summary>Names the monthly run of a month, so that a run that failed in part is completed, not doubled.</summary>
    internal const string Run = "monthly";

    [Function("MonthlyExportTimer")]
    public async Task RunAsync([TimerTrigger("0 10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var all = await organisations.ListAsync(cancellation).Select(o => o.Organisation).ToListAsync(cancellation);
        foreach (var (region, month) in ExportSchedule.Due(all, time.GetUtcNow()))
        {
            if (!await exports.IsMonthDoneAsync(region, month, cancellation))
            {
                await runs.StartAsync(client, region, month, new RegionExportRun(region.Value, month.ToString(), "system", Run), cancellation);
            }
        }
    }
}
