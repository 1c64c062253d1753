using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Health;

/// <summary>
/// Every ten minutes: measures how long ago imports and exports ended and how many mails
/// wait, in two reads. Late, doubled or restarted, it only measures again.
/// </summary>
public sealed class WatchPulsesTimer(
    PulseTable pulses, MailsTable mails, IOptions<MailOptions> limits, Instruments instruments, TimeProvider time)
{
    [Function("WatchPulses")]
    public async Task Run([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var found = await pulses.AllAsync(cancellation);
        if (found.TryGetValue(Pulse.NightlyImport, out var import))
        {
            instruments.Imports(now - import.DoneAt, import.Late);
        }

        if (found.TryGetValue(Pulse.MonthlyExport, out var export))
        {
            instruments.Exports(now - export.DoneAt, export.Late);
        }

        var pace = (await mails.PaceAsync(cancellation)).Value;
        instruments.MailsWaiting(pace.WaitingAfter(now, limits.Value.PerMinute, limits.Value.PerHour));
    }
}
