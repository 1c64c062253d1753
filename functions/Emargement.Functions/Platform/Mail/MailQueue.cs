using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Platform.Mail;

/// <summary>What was done, and the mails that wait for their run because of it.</summary>
public sealed record QueuedMails<TDone>(TDone Done, MailBatch Mails);

/// <summary>Queues mails, one per person and slot, and starts their sending at the provider's pace.</summary>
public sealed class MailQueue(MailsTable table, TimeProvider time)
{
    /// <summary>Queues a mail for each person, and starts one run that sends those not sent yet.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public async Task<int> QueueAsync(
        DurableTaskClient client,
        OrganisationId organisation,
        string subject,
        string slot,
        string template,
        IReadOnlyCollection<string> people,
        IReadOnlyDictionary<string, string> args,
        CancellationToken cancellation)
    {
        var (added, mails) = await AddAsync(organisation, subject, slot, template, people, args, cancellation);
        await StartAsync(client, mails, cancellation);
        return added;
    }

    /// <summary>Queues a mail for each person. Nothing is sent before the run that is to be started with the answer.</summary>
    /// <param name="people">Keys of persons.</param>
    /// <param name="args">What the template needs: no personal data, no secret.</param>
    /// <returns>How many are new, the others have, or had, their mail in this slot; and what is not sent yet.</returns>
    public async Task<QueuedMails<int>> AddAsync(
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
            else if (await table.FindAsync(place, cancellation) is { Mail.State: MailState.Queued })
            {
                // Queued by a call that was cut short before its run began, or waiting in a run that is under way.
                rows.Add(place.Row);
            }
        }

        return new(added, new MailBatch($"{organisation}|{subject}", rows));
    }

    /// <summary>Starts the sending that was asked for beside what was done.</summary>
    /// <returns>What was done.</returns>
    public static async Task<Result<TDone>> StartAsync<TDone>(
        DurableTaskClient client, QueuedMails<TDone> queued, CancellationToken cancellation)
    {
        await StartAsync(client, queued.Mails, cancellation);
        return queued.Done;
    }

    /// <summary>Starts the sending of what is queued of an organisation whose runs did not come with it, one run a subject.</summary>
    public async Task ResumeAsync(DurableTaskClient client, OrganisationId organisation, CancellationToken cancellation)
    {
        var batch = new MailBatch(string.Empty, []);
        await foreach (var (partition, row) in table.UnfinishedAsync(organisation, cancellation))
        {
            if (batch.Partition != partition)
            {
                await StartAsync(client, batch, cancellation);
            }

            batch = batch.Partition == partition ? batch with { Rows = [.. batch.Rows, row] } : new MailBatch(partition, [row]);
        }

        await StartAsync(client, batch, cancellation);
    }

    private static async Task StartAsync(DurableTaskClient client, MailBatch batch, CancellationToken cancellation)
    {
        if (batch.Rows.Count == 0)
        {
            return;
        }

        // The same mails are the same run.
        var mails = Encoding.UTF8.GetBytes(batch.Partition + "\n" + string.Join('\n', batch.Rows));
        var id = "mails-" + Convert.ToHexStringLower(SHA256.HashData(mails).AsSpan(0, 16));
        await client.StartOnceAsync(SendMails.Name, id, batch, cancellation);
    }
}
