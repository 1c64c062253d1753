using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Health;

/// <summary>
/// Every ten minutes: measures how long ago each timer ran, imports and exports ended, and how many mails wait. Late, doubled or restarted,
/// it only measures again.
/// </summary>
public sealed class WatchPulsesTimer(
    PulseTable pulses, MailsTable mails, IOptions<MailOptions> limits, Instruments instruments, TimeProvider time)
{
    [Function(Pulse.Watch)]
    public async Task Run([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var found = await pulses.AllAsync(cancellation);
        foreach (var pulse in Pulse.Timers.Select(found.GetValueOrDefault).OfType<Pulse>())
        {
            instruments.TimerRan(pulse.Timer, now - pulse.LookedAt);
        }

        if (found.TryGetValue(Pulse.NightlyImport, out var import))
        {
            instruments.Imports(now - import.DoneAt, import.Late);
        }

        if (found.TryGetValue(Pulse.MonthlyExport, out var export))
        {
            instruments.Exports(now - export.DoneAt, export.Late);
        }

        var pace = (await mails.PaceAsync(cancellation)).Value;
        var (perMinute, perHour) = limits.Value.Limits;
        instruments.MailsWaiting(pace.WaitingAfter(now, perMinute, perHour));
        await pulses.NoteAsync(Pulse.Watch, cancellation);
    }
}
