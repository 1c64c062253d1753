using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Sessions.Marks;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Months.Runs;

/// <summary>That a month's figures are being made.</summary>
public sealed record MonthRefreshed(string Month, string State);

/// <summary>Starts the runs of months.</summary>
public sealed partial class MonthRuns(ILogger<MonthRuns> logger)
{
    /// <summary>
    /// Starts the run of a month. One under way may have read already what this start is for; the mark that says so brings the next.
    /// </summary>
    public async Task<Result<MonthRefreshed>> StartAsync(DurableTaskClient client, MonthRun run, CancellationToken cancellation)
    {
        if (await client.StartOnceAsync(SummarizeMonthOrchestrator.Name, run.Id, run, cancellation))
        {
            LogStarted(run.Id);
        }

        return new MonthRefreshed(run.Month, "running");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Summary {Instance} started")]
    private partial void LogStarted(string instance);
}
