using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Archive;

/// <summary>Every hour: sets going the organisations that an import brought. Late, doubled or restarted, it changes nothing more.</summary>
public sealed class SettleArrivalsTimer(Arrivals arrivals, PulseTable pulses)
{
    [Function(Pulse.ArrivalSettling)]
    public async Task RunAsync(
        [TimerTrigger("0 25 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await arrivals.SettleAsync(client, cancellation);
        await pulses.NoteAsync(Pulse.ArrivalSettling, cancellation);
    }
}
