using Emargement.Domain.People;
using Emargement.Domain.Reminders;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Reminders.Mails;

namespace Emargement.Functions.Reminders;

/// <summary>
/// Reminds whoever is to be reminded now, one mail a person and slot, as far as the provider's limits leave places that nobody else
/// needs. What finds none is found again next time, until its hour is over. Run twice at once, it sends nothing twice.
/// </summary>
public sealed class SendReminders(
    OrganisationsTable organisations,
    IEnumerable<IReminderFinder> finders,
    AccountsTable accounts,
    MailsTable mails,
    MailQueue queue,
    ReserveMailTurns reserve,
    SendMailLot send,
    TimeProvider time)
{
    /// <summary>What these mails are about.</summary>
    public const string Subject = "reminders";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var all = await organisations.ListAsync(cancellation).Select(o => o.Value).ToListAsync(cancellation);

        // Each day another one is first, so that none is always left without a place.
        var first = now.DayOfYear % Math.Max(1, all.Count);
        foreach (var organisation in all.Skip(first).Concat(all.Take(first)))
        {
            if (organisation.IsQuiet(organisation.Zone.DateAt(now)))
            {
                continue;
            }

            foreach (var finder in finders)
            {
                foreach (var due in await finder.RunAsync(organisation, now, cancellation))
                {
                    if (!await TrySendAsync(organisation, due, cancellation))
                    {
                        return;
                    }
                }
            }
        }
    }

    /// <returns>False when there was no place for all.</returns>
    private async Task<bool> TrySendAsync(Organisation organisation, DueReminder due, CancellationToken cancellation)
    {
        var wanted = await WantedAsync(organisation, due, cancellation);
        var taken = wanted.Count == 0 ? 0 : await reserve.SpareAsync(wanted.Count, cancellation);
        if (taken > 0)
        {
            var queued = await queue.QueueAsync(
                organisation.Id, Subject, due.Slot, ReminderMail.KeyOf(due.Kind), [.. wanted.Take(taken)], due.Args, cancellation);
            foreach (var rows in queued.Batch?.Rows.Chunk(SendMailLot.Largest) ?? [])
            {
                await send.RunAsync(new MailLot(queued.Batch!.Partition, rows, Reserved: true, 0), cancellation);
            }
        }

        return taken == wanted.Count;
    }

    // Nobody whose mail of this slot has come to its end, and nobody who would not get it.
    private async Task<IReadOnlyList<string>> WantedAsync(Organisation organisation, DueReminder due, CancellationToken cancellation)
    {
        var ended = (await mails.ListAsync(organisation.Id, Subject, due.Slot, cancellation))
            .Where(m => m.State is not (MailState.Queued or MailState.Sending)).Select(m => m.Slot.Person).ToHashSet();
        var left = due.People.Where(p => !ended.Contains(p.Key)).ToList();
        var read = await Task.WhenAll(left.Select(p => accounts.FindAsync(organisation.Id, p, cancellation)));
        return [.. read.Where(a => a is not null && Reaches(a.Value, due.Kind)).Select(a => a!.Value.Id.Key)];
    }

    /// <summary>Whether somebody may be reminded of a kind of thing.</summary>
    internal static bool Reaches(Account account, ReminderKind kind) =>
        account is { Email: not null, Suspended: false } && !account.Muted.Contains(kind);
}
