using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Emargement.LocalHost.Timers;

/// <summary>When each timer ran last and was to run next, kept over restarts so that a missed run is seen.</summary>
internal sealed class TimerStatusTable(IConfiguration configuration)
{
    private const string Partition = "timers";

    // Somebody else's storage may be slow; a timer that waits for it runs late.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private TableClient? _made;

    public async Task<ScheduleStatus?> FindAsync(string function, CancellationToken cancellation)
    {
        var table = await TableAsync();
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

        await (await TableAsync()).UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    private async Task<TableClient> TableAsync()
    {
        if (_made is null)
        {
            var table = ServiceOf(configuration).GetTableClient(configuration["Storage:Prefix"] + "LocalHost");
            await table.CreateIfNotExistsAsync();
            _made = table;
        }

        return _made;
    }

    private static TableServiceClient ServiceOf(IConfiguration configuration)
    {
        var options = new TableClientOptions();
        (options.Retry.NetworkTimeout, options.Retry.MaxRetries) = (Patience, 1);
        return configuration["Storage:ConnectionString"] is { Length: > 0 } connection
            ? new TableServiceClient(connection, options)
            : new TableServiceClient(
                new Uri($"https://{configuration["Storage:AccountName"]}.table.core.windows.net"), new DefaultAzureCredential(), options);
    }
}
