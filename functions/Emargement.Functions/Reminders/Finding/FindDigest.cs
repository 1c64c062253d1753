using Emargement.Domain.People;
using Emargement.Domain.Reminders;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Reminders.Finding;

/// <summary>Finds whether the managers have something new to settle: decided once a working day, by what waits and what they were told
/// of.</summary>
public sealed class FindDigest(RemindersTable memories, PendingTable pending, MailsTable mails, ManagersOf managers) : IReminderFinder
{
    public async Task<IReadOnlyList<DueReminder>> RunAsync(
        Organisation organisation, DateTimeOffset now, CancellationToken cancellation)
    {
        var today = organisation.Zone.DateAt(now);
        if (!organisation.Reminders.Contains(ReminderKind.Digest) || !organisation.IsWorking(today)
            || !organisation.IsBetween(ReminderTimes.Digest, ReminderTimes.Last, now))
        {
            return [];
        }

        return await DecidedAsync(organisation, today, cancellation) is { Wanted: true }
            ? [await managers.DueAsync(organisation, ReminderKind.Digest, SlotOf(today), cancellation)]
            : [];
    }

    private async Task<DigestMemory?> DecidedAsync(Organisation organisation, DateOnly today, CancellationToken cancellation)
    {
        var read = await memories.FindAsync(organisation.Id, cancellation);
        if (read?.Value.Day == today)
        {
            return read.Value;
        }

        var before = read?.Value is { } last && await WasToldAsync(organisation, last, cancellation) ? last : null;
        var waiting = await pending.ListAsync(organisation.Id, null, cancellation);
        var decided = DigestMemory.Of(
            before, today, waiting.Where(i => organisation.Refuses(i.Session.Month) is null).Select(i => i.Id));

        // Another run that decides at the same time decides the same; its own turn comes next time.
        return await memories.TryWriteAsync(organisation.Id, read, decided, cancellation) ? decided : null;
    }

    // What was to be told and found no place is new to its readers still.
    private async Task<bool> WasToldAsync(Organisation organisation, DigestMemory last, CancellationToken cancellation) =>
        !last.Wanted || (await mails.ListAsync(organisation.Id, SendReminders.Subject, SlotOf(last.Day), cancellation))
            .Any(m => m.State is MailState.Sent or MailState.Uncertain);

    private static string SlotOf(DateOnly day) => $"digest-{day:yyyyMMdd}";
}
