using Emargement.Functions.Platform.Telemetry;
using Emargement.Functions.Sessions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Sheets;

/// <summary>
/// Every hour: seals what was closed or corrected and not sealed, and asks again for missing timestamps. Late, doubled or restarted, it
/// changes nothing more.
/// </summary>
public sealed class SweepSheetsTimer(FindUnsealedSheets find, StampSheets stamp, SealStarter starter, PulseTable pulses)
{
    [Function(Pulse.SheetSweep)]
    public async Task RunAsync(
        [TimerTrigger("0 40 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var unsealed in await find.RunAsync(cancellation))
        {
            await starter.StartAsync(client, unsealed, cancellation);
        }

        await stamp.RunAsync(cancellation);
        await pulses.NoteAsync(Pulse.SheetSweep, cancellation);
    }
}
