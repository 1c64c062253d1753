using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Emargement.LocalHost.Timers;

/// <summary>When each timer ran last and was to run next, kept over restarts so that a missed run is seen.</summary>
internal sealed class TimerStatusTable(IConfiguration configuration)
{
    private const string Partition = "timers";

    private readonly Lazy<Task<TableClient>> _table = new(async () =>
    {
        var table = ServiceOf(configuration).GetTableClient(configuration["Storage:Prefix"] + "LocalHost");
        await table.CreateIfNotExistsAsync();
        return table;
    });

    public async Task<ScheduleStatus?> FindAsync(string function, CancellationToken cancellation)
    {
        var table = await _table.Value;
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, function, cancellationToken: cancellation);
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
        var row = new TableEntity(Partition, function) { ["Next"] = status.Next, ["LastUpdated"] = status.LastUpdated };
        if (status.Last != default)
        {
            row["Last"] = status.Last;
        }

        await (await _table.Value).UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    private static TableServiceClient ServiceOf(IConfiguration configuration) =>
        configuration["Storage:ConnectionString"] is { Length: > 0 } connection
            ? new TableServiceClient(connection)
            : new TableServiceClient(
                new Uri($"https://{configuration["Storage:AccountName"]}.table.core.windows.net"), new DefaultAzureCredential());
}
