using Azure.Data.Tables;
using Emargement.LocalHost.Orchestration.State;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.LocalHost.Timers;

/// <summary>When each timer ran last and was to run next, kept over restarts so that a missed run is seen.</summary>
internal sealed class TimerStatusTable(OrchestrationStore store)
{
    public async Task<ScheduleStatus?> FindAsync(string function, CancellationToken cancellation)
    {
        var table = await store.TableAsync();
        var row = await table.GetEntityIfExistsAsync<TableEntity>(InstanceKeys.Timers, InstanceKeys.Escape(function), cancellationToken: cancellation);
        return row.HasValue
            ? new ScheduleStatus
            {
                Last = row.Value!.GetDateTime("Last") ?? default,
                Next = row.Value!.GetDateTime("Next")!.Value,
                LastUpdated = row.Value!.GetDateTime("LastUpdated")!.Value,
            }
            : null;
    }

    public async Task SaveAsync(string function, ScheduleStatus status, CancellationToken cancellation)
    {
        var row = new TableEntity(InstanceKeys.Timers, InstanceKeys.Escape(function)) { ["Next"] = status.Next, ["LastUpdated"] = status.LastUpdated };
        if (status.Last != default)
        {
            row["Last"] = status.Last;
        }

        await (await store.TableAsync()).UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }
}
