using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>Every hour, UTC: organisations have their own hour, and the local date in the run's name keeps it to one a night.
/// What has come for the coming night is looked at.</summary>
public sealed partial class NightlyImportTimer(FindDueNights nights, PulseTable pulses, ILogger<NightlyImportTimer> logger)
{
    [Function(Pulse.NightlyImport)]
    public async Task Run(
        [TimerTrigger("0 0 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var look = await nights.RunAsync(cancellation);
        await StartAsync(client, look, cancellation);
        await pulses.NoteAsync(Pulse.NightlyImport, look.DoneAt, look.Late, cancellation);
    }

    private async Task StartAsync(DurableTaskClient client, NightLook look, CancellationToken cancellation)
    {
        foreach (var due in look.Due)
        {
            var id = NightlyImportOrchestrator.InstanceId(due);
            var started = await client.StartOnceAsync(NightlyImportOrchestrator.Name, id, due, cancellation);
            LogStart(id, started);
        }

        foreach (var organisation in look.Unseen)
        {
            var id = NightPreviewOrchestrator.InstanceId(organisation);
            await client.StartOnceAsync(NightPreviewOrchestrator.Name, id, organisation, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Instance}: started {Started}, or running already")]
    private partial void LogStart(string instance, bool started);
}
