using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Health;

/// <summary>Every ten minutes: measures what the other timers left. Late, doubled or restarted, it only measures again.</summary>
public sealed class WatchPulsesTimer(MeasurePulses measure, PulseTable pulses)
{
    [Function(Pulse.Watch)]
    public async Task Run([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await measure.RunAsync(cancellation);
        await pulses.NoteAsync(Pulse.Watch, cancellation);
    }
}
