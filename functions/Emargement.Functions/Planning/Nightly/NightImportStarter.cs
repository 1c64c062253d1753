using Emargement.Functions.Platform.Durable;
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
        if (await client.StartOnceAsync(ImportNight.Name, id, due, cancellation))
        {
            LogStarted(id);
        }
        else
        {
            LogRunning(id);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Instance} started")]
    private partial void LogStarted(string instance);

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Instance} is running already")]
    private partial void LogRunning(string instance);
}
