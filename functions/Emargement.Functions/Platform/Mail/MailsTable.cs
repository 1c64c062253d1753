using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Platform.Mail;

public enum MailState
{
    Queued,

    /// <summary>Being handed to a provider that would not notice a repeat.</summary>
    Sending,
    Sent,

    /// <summary>The provider will not take it; <see cref="QueuedMail.Reason"/> says why.</summary>
    Refused,

    /// <summary>A try was cut short and its outcome is unknown: not repeated, because nobody gets the same mail twice.</summary>
    Uncertain,

    /// <summary>No longer wanted when its turn came.</summary>
    Dropped,
}

/// <param name="Args">What its template needs: no personal data, no secret.</param>
public sealed record QueuedMail(
    MailSlot Slot, string Template, IReadOnlyDictionary<string, string> Args, MailState State, DateTimeOffset QueuedAt)
{
    public DateTimeOffset? EndedAt { get; init; }

    public string? ProviderId { get; init; }

    public string? Reason { get; init; }
}

/// <summary>
/// Table <c>Mails</c>: PK <c>{org}|{subject}</c>, RK <c>{slot}|{person}</c>; and under
/// PK <c>pace</c> what is promised of the provider's limits.
/// </summary>
public sealed class MailsTable(AppStorage storage)
{
    private const string Name = "Mails";
    private const string PacePartition = "pace";
    private const string PaceRow = "provider";

    /// <returns>The mail as it is stored now; null when this person has, or had, a mail in this slot.</returns>
    public async Task<Stored<QueuedMail>?> TryInsertAsync(QueuedMail mail, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.WriteAsync(ToEntity(mail), default, cancellation) is { } etag ? new Stored<QueuedMail>(mail, etag) : null;
    }

    /// <summary>Inserts up to 100 mails of one subject, all or none: one call.</summary>
    /// <returns>False when one of these people has, or had, a mail in this slot.</returns>
    public async Task<bool> TryInsertAsync(IReadOnlyCollection<QueuedMail> mails, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TrySubmitAsync(
            [.. mails.Select(m => new TableTransactionAction(TableTransactionActionType.Add, ToEntity(m)))], cancellation);
    }

    public async Task<Stored<QueuedMail>?> FindAsync(MailSlot slot, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(slot.Partition, slot.Row, cancellation);
        return row is null ? null : FromEntity(row);
    }

    /// <summary>Every mail of a subject, or of one slot of it.</summary>
    public async Task<IReadOnlyList<QueuedMail>> ListAsync(
        OrganisationId organisation, string subject, string? slot, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var mails = new List<QueuedMail>();
        await foreach (var row in table.StartingWith($"{organisation}|{subject}", slot is null ? string.Empty : $"{slot}|", cancellation))
        {
            mails.Add(FromEntity(row).Value);
        }

        return mails;
    }

    /// <summary>Mails to one person, of every subject that starts so: a scan of these subjects, in pages of 1,000.</summary>
    /// <param name="people">Keys under which the person is written to.</param>
    public async Task<IReadOnlyList<QueuedMail>> OfPersonAsync(
        OrganisationId organisation, string subjects, IReadOnlyCollection<string> people, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var first = $"{organisation}|{subjects}";
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {TableAccess.AfterPrefix(first)}");
        return await table.QueryAsync<TableEntity>(filter, maxPerPage: 1000, cancellationToken: cancellation)
            .Where(row => people.Contains(row.RowKey[(row.RowKey.IndexOf('|', StringComparison.Ordinal) + 1)..]))
            .Select(row => FromEntity(row).Value)
            .ToListAsync(cancellation);
    }

    /// <summary>
    /// Places of the mails of an organisation that have not come to their end, in order of
    /// partition. A scan of its partitions, for an organisation that was moved.
    /// </summary>
    public async IAsyncEnumerable<(string Partition, string Row)> UnfinishedAsync(
        OrganisationId organisation, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var first = $"{organisation}|";
        var before = TableAccess.AfterPrefix(first);
        var (queued, sending) = (nameof(MailState.Queued), nameof(MailState.Sending));
        var rows = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(
                $"PartitionKey ge {first} and PartitionKey lt {before} and (State eq {queued} or State eq {sending})"),
            1000,
            ["PartitionKey", "RowKey"],
            cancellation);
        await foreach (var row in rows)
        {
            yield return (row.PartitionKey, row.RowKey);
        }
    }

    /// <returns>The mail as it is stored now; null when another writer was faster.</returns>
    public async Task<Stored<QueuedMail>?> TryReplaceAsync(Stored<QueuedMail> read, QueuedMail changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(changed);
        entity.ETag = read.ETag;
        return await table.ReplaceAsync(entity, cancellation) is { } etag ? new Stored<QueuedMail>(changed, etag) : null;
    }

    /// <summary>What is promised of the provider's limits; nothing, under no ETag, before the first mail.</summary>
    public async Task<Stored<MailPace>> PaceAsync(CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(PacePartition, PaceRow, cancellation);
        return row is null
            ? new(MailPace.None, default)
            : new(
                new(
                    row.GetDateTimeOffset("Minute")!.Value,
                    row.GetInt32("InMinute")!.Value,
                    row.GetInt32("InHour")!.Value,
                    row.GetInt32("SpareInHour") ?? 0),
                row.ETag);
    }

    /// <returns>False when another reservation was first.</returns>
    public async Task<bool> TryWritePaceAsync(Stored<MailPace> read, MailPace changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity(PacePartition, PaceRow)
        {
            ["Minute"] = changed.Minute,
            ["InMinute"] = changed.InMinute,
            ["InHour"] = changed.InHour,
            ["SpareInHour"] = changed.SpareInHour,
        };
        return await table.TryWriteAsync(entity, read.ETag, cancellation);
    }

    private static TableEntity ToEntity(QueuedMail mail)
    {
        var entity = new TableEntity(mail.Slot.Partition, mail.Slot.Row)
        {
            ["Template"] = mail.Template,
            ["Args"] = JsonSerializer.Serialize(mail.Args),
            ["State"] = mail.State.ToString(),
            ["QueuedAt"] = mail.QueuedAt,
        };
        entity.SetIfAny("EndedAt", mail.EndedAt);
        entity.SetIfAny("ProviderId", mail.ProviderId);
        entity.SetIfAny("Reason", mail.Reason);
        return entity;
    }

    private static Stored<QueuedMail> FromEntity(TableEntity row)
    {
        var mail = new QueuedMail(
            MailSlot.Parse(row.PartitionKey, row.RowKey),
            row.GetString("Template"),
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString("Args"))!,
            Enum.Parse<MailState>(row.GetString("State")),
            row.GetDateTimeOffset("QueuedAt")!.Value)
        {
            EndedAt = row.GetDateTimeOffset("EndedAt"),
            ProviderId = row.GetString("ProviderId"),
            Reason = row.GetString("Reason"),
        };
        return new Stored<QueuedMail>(mail, row.ETag);
    }
}
