using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Region;

/// <summary>Starts and looks at the run of a Région's month: one at a time, under one id.</summary>
public sealed partial class RegionExports(ILogger<RegionExports> logger)
{
    public static string InstanceId(RegionCode region, YearMonth month) => $"export-{region}-{month}";

    /// <summary>Starts a run. One under way already is enough: it answers for both.</summary>
    public async Task StartAsync(DurableTaskClient client, RegionCode region, YearMonth month, RegionExportRun run, CancellationToken cancellation)
    {
        var id = InstanceId(region, month);
        if (await client.StartOnceAsync(ExportRegionMonth.Name, id, run, cancellation))
        {
            LogStarted(id);
        }
        else
        {
            LogRunning(id);
        }
    }

    /// <summary>The last run of a month, or the refusal <c>export-not-started</c>.</summary>
    public async Task<Result<OrchestrationMetadata>> FindAsync(DurableTaskClient client, RegionCode region, YearMonth month, CancellationToken cancellation)
    {
        var id = InstanceId(region, month);
        if (await client.GetInstanceAsync(id, true, cancellation) is { } run)
        {
            return run;
        }

        LogUnknown(id);
        return Refusal.NotFound("export-not-started");
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Export {Instance} was never started")]
    private partial void LogUnknown(string instance);

    [LoggerMessage(Level = LogLevel.Information, Message = "Export {Instance} started")]
    private partial void LogStarted(string instance);

    [LoggerMessage(Level = LogLevel.Information, Message = "Export {Instance} is running already")]
    private partial void LogRunning(string instance);
}
