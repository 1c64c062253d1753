using System.Runtime.CompilerServices;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Platform.Mail;

/// <param name="Added">How many are new; the others have, or had, their mail in this slot.</param>
/// <param name="Batch">What a run has to send; null when nothing waits.</param>
public sealed record QueuedMails(int Added, MailBatch? Batch)
{
    /// <summary>Those stored one by one, as they are stored: whoever sends them at once need not read them.</summary>
    public IReadOnlyList<Stored<QueuedMail>> Fresh { get; init; } = [];
}

/// <summary>What was done, and the mails that wait for their run because of it.</summary>
public sealed record QueuedMails<TDone>(TDone Done, MailBatch? Batch);

/// <summary>Queues mails, one per person and slot.</summary>
public sealed class MailQueue(MailsTable table, TimeProvider time)
{
    /// <summary>Queues a mail for each person. Whoever asked starts the run that sends them.</summary>
    /// <param name="people">Keys of persons.</param>
    /// <param name="args">What the template needs: no personal data, no secret.</param>
    public async Task<QueuedMails> QueueAsync(
        OrganisationId organisation,
        string subject,
        string slot,
        string template,
        IReadOnlyCollection<string> people,
        IReadOnlyDictionary<string, string> args,
        CancellationToken cancellation)
    {
        var (added, rows, fresh) = (0, new List<string>(), new List<Stored<QueuedMail>>());
        var now = time.GetUtcNow();
        var mails = people.Distinct().Order(StringComparer.Ordinal)
            .Select(person => new QueuedMail(new MailSlot(organisation, subject, slot, person), template, args, MailState.Queued, now));
        foreach (var together in mails.Chunk(TableAccess.BatchSize))
        {
            // For a class nearly always all or none are new.
            var all = together.Length > 1 && await table.TryInsertAsync(together, cancellation);
            foreach (var mail in together)
            {
                var stored = all ? null : await table.TryInsertAsync(mail, cancellation);
                var isNew = all || stored is not null;
                added += isNew ? 1 : 0;
                if (stored is not null)
                {
                    fresh.Add(stored);
                }

                // One that is queued already was left by a call that was cut before its run began, or waits in a run that is under way.
                if (isNew || await table.FindAsync(mail.Slot, cancellation) is { Value.State: MailState.Queued })
                {
                    rows.Add(mail.Slot.Row);
                }
            }
        }

        var batch = rows.Count > 0 ? new MailBatch($"{organisation}|{subject}", rows) : null;
        return new QueuedMails(added, batch) { Fresh = fresh };
    }

    /// <summary>What is queued of an organisation whose runs did not come with it, one batch a subject.</summary>
    public async IAsyncEnumerable<MailBatch> UnfinishedAsync(
        OrganisationId organisation, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var batch = new MailBatch(string.Empty, []);
        await foreach (var (partition, row) in table.UnfinishedAsync(organisation, cancellation))
        {
            if (batch.Rows.Count > 0 && batch.Partition != partition)
            {
                yield return batch;
            }

            batch = batch.Partition == partition ? batch with { Rows = [.. batch.Rows, row] } : new MailBatch(partition, [row]);
        }

        if (batch.Rows.Count > 0)
        {
            yield return batch;
        }
    }
}
