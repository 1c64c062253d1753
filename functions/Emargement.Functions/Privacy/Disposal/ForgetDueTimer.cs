using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Privacy.Disposal;

/// <summary>Every hour, until it has once in a month gone through: reports what is past its term, and forgets what was reported a month
/// before; and until it has once in a day gone through, documents of absences. Late, doubled or restarted, it goes on where it was.
/// </summary>
public sealed class ForgetDueTimer(
    OrganisationsTable organisations, ForgetOrganisation forget, ForgetJustifications justifications, ForgettingsTable forgettings,
    PulseTable pulses, TimeProvider time)
{
    [Function(Pulse.Forgetting)]
    public async Task RunAsync([TimerTrigger("0 15 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var month = YearMonth.Of(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        if (!await forgettings.IsDoneAsync(month, cancellation))
        {
            await LookAsync(month, cancellation);
        }

        await ForgetJustificationsAsync(cancellation);
        await pulses.NoteAsync(Pulse.Forgetting, cancellation);
    }

    private async Task LookAsync(YearMonth month, CancellationToken cancellation)
    {
        await foreach (var organisation in organisations.ListAsync(cancellation))
        {
            await forget.RunAsync(organisation.Value, cancellation);
        }

        await forgettings.NoteDoneAsync(month, cancellation);
    }

    private async Task ForgetJustificationsAsync(CancellationToken cancellation)
    {
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (await forgettings.LastDayAsync(cancellation) == day)
        {
            return;
        }

        await foreach (var organisation in organisations.ListAsync(cancellation))
        {
            await justifications.RunAsync(organisation.Value, cancellation);
        }

        await forgettings.NoteDayAsync(day, cancellation);
    }
}
