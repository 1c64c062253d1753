using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Health;

/// <summary>Measures how long ago each timer ran, imports and exports ended, and how many mails wait.</summary>
public sealed class MeasurePulses(
    PulseTable pulses, MailsTable mails, IOptions<MailOptions> limits, Instruments instruments, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellation)
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
    }
}
