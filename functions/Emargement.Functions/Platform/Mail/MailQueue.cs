using System.Runtime.CompilerServices;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Platform.Mail;

/// <param name="Added">How many are new; the others have, or had, their mail in this slot.</param>
/// <param name="Batch">What a run has to send; null when nothing waits.</param>
public sealed record QueuedMails(int Added, MailBatch? Batch);

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
        var added = 0;
        var rows = new List<string>();
        foreach (var person in people.Distinct().Order(StringComparer.Ordinal))
        {
            var place = new MailSlot(organisation, subject, slot, person);
            if (await table.TryInsertAsync(new QueuedMail(place, template, args, MailState.Queued, time.GetUtcNow()), cancellation))
            {
                added++;
                rows.Add(place.Row);
            }
            else if (await table.FindAsync(place, cancellation) is { Value.State: MailState.Queued })
            {
                // Queued by a call that was cut short before its run began, or waiting in a run that is under way.
                rows.Add(place.Row);
            }
        }

        return new QueuedMails(added, rows.Count > 0 ? new MailBatch($"{organisation}|{subject}", rows) : null);
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
