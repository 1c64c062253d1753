using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>Starts the run of a night, named by organisation and local date. One under way already is enough.</summary>
public sealed partial class NightImportStarter(ILogger<NightImportStarter> logger)
{
    public static string InstanceId(DueNight due) => $"import-{due.Organisation}-{due.Night}";

    public async Task StartAsync(DurableTaskClient client, DueNight due, CancellationToken cancellation)
    {
        var id = InstanceId(due);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(ImportNight.Name, due, new StartOrchestrationOptions(id), cancellation);
            LogStarted(id);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // How "already running" is said depends on the transport (an RPC status, an exception of the engine); the instance itself is the truth.
            if (await client.GetInstanceAsync(id, cancellation) is not { IsCompleted: false })
            {
                throw;
            }

            LogRunning(id);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Instance} started")]
    private partial void LogStarted(string instance);

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Instance} is running already")]
    private partial void LogRunning(string instance);
}
