using Emargement.Functions.Platform.Telemetry;
using Emargement.Functions.Sessions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Sheets;

/// <summary>
/// Every hour: seals what was closed or corrected and not sealed, and asks again for missing timestamps. Late, doubled or restarted, it
/// changes nothing more.
/// </summary>
public sealed class SweepSheets(SheetSweep sweep, SealStarter starter, PulseTable pulses)
{
    [Function(Pulse.SheetSweep)]
    public async Task RunAsync(
        [TimerTrigger("0 40 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var unsealed in await sweep.FindAsync(cancellation))
        {
            await starter.StartAsync(client, SealRequested.Of(unsealed.Organisation, unsealed.Session), cancellation);
        }

        await sweep.StampAsync(cancellation);
        await pulses.NoteAsync(Pulse.SheetSweep, cancellation);
    }
}
