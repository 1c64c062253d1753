using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Region;

/// <summary>Starts and looks at the run of a Région's month: one at a time, under one id.</summary>
public sealed partial class RegionExportRuns(ILogger<RegionExportRuns> logger)
{
    /// <summary>Starts a run. One under way already is enough: it answers for both.</summary>
    public async Task<Result<ExportStarted>> StartAsync(DurableTaskClient client, RegionExportRun run, CancellationToken cancellation)
    {
        var route = new RegionRoute(RegionCode.Parse(run.Region), YearMonth.Parse(run.Month));
        var id = InstanceId(route);
        if (await client.StartOnceAsync(ExportRegionMonthOrchestrator.Name, id, run, cancellation))
        {
            LogStarted(id);
        }
        else
        {
            LogRunning(id);
        }

        return new ExportStarted(run.Region, run.Month, route.StatusAddress);
    }

    /// <summary>The last run of a month, or the refusal <c>export-not-started</c>.</summary>
    public async Task<Result<OrchestrationMetadata>> FindAsync(DurableTaskClient client, RegionRoute route, CancellationToken cancellation)
    {
        var id = InstanceId(route);
        if (await client.GetInstanceAsync(id, true, cancellation).InTimeAsync(cancellation) is { } run)
        {
            return run;
        }

        LogUnknown(id);
        return Refusal.NotFound("export-not-started");
    }

    private static string InstanceId(RegionRoute route) => $"export-{route.Region}-{route.Month}";

    [LoggerMessage(Level = LogLevel.Debug, Message = "Export {Instance} was never started")]
    private partial void LogUnknown(string instance);

    [LoggerMessage(Level = LogLevel.Information, Message = "Export {Instance} started")]
    private partial void LogStarted(string instance);

    [LoggerMessage(Level = LogLevel.Information, Message = "Export {Instance} is running already")]
    private partial void LogRunning(string instance);
}
