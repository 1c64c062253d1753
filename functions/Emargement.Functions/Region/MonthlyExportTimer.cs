using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Region;

/// <summary>Every hour: starts the exports that are due. Late, doubled or restarted, it changes nothing more.</summary>
public sealed class MonthlyExportTimer(FindDueExports exports, RegionExportRuns runs, PulseTable pulses)
{
    [Function(Pulse.MonthlyExport)]
    public async Task RunAsync(
        [TimerTrigger("0 10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var look = await exports.RunAsync(cancellation);
        foreach (var run in look.Due)
        {
            await runs.StartAsync(client, run, cancellation);
        }

        await pulses.NoteAsync(Pulse.MonthlyExport, look.DoneAt, look.Late, cancellation);
    }
}
