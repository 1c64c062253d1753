using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Reminders;

/// <summary>Every quarter of an hour: reminds whoever is to be reminded by the local time. Late, doubled or restarted, it tells nobody
/// twice.</summary>
public sealed class RemindersTimer(SendReminders send, PulseTable pulses)
{
    [Function(Pulse.Reminders)]
    public async Task RunAsync([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await send.RunAsync(cancellation);
        await pulses.NoteAsync(Pulse.Reminders, cancellation);
    }
}
