using System.Runtime.CompilerServices;
using System.Text;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.People;

/// <summary>What the tables of trainings, trainers and learners share: PK <c>{org}</c>, RK the key of the reference.</summary>
public abstract class ReferenceTable<T>(AppStorage storage, string name)
{
    /// <summary>Rows of one listing at most.</summary>
    public const int MaxPage = 200;

    public async Task<Stored<T>?> FindAsync(OrganisationId organisation, Reference reference, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(name);
        var row = await table.FindAsync(organisation.Value, reference.Key, cancellation);
        return row is null ? null : Read(row);
    }

    /// <summary>One page in key order.</summary>
    /// <param name="continuation">The <see cref="Page{T}.Continuation"/> of the page before, or null to
    /// start. One that no listing gave starts at its own place: it never fails.</param>
    public async Task<Page<T>> ListAsync(OrganisationId organisation, string? continuation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(name);
        var after = Decode(continuation);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {organisation.Value} and RowKey gt {after}");
        var items = new List<T>();
        var last = after;
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: MaxPage + 1, cancellationToken: cancellation))
        {
            if (items.Count == MaxPage)
            {
                return new Page<T>(items, Encode(last));
            }

            items.Add(FromEntity(row));
            last = row.RowKey;
        }

        return new Page<T>(items, null);
    }

    /// <summary>Every row of the organisation, in key order, in pages of 1,000.</summary>
    public async IAsyncEnumerable<Stored<T>> AllAsync(OrganisationId organisation, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(name);
        await foreach (var row in table.StartingWith(organisation.Value, "", cancellation))
        {
            yield return Read(row);
        }
    }

    /// <summary>Writes a changed value if nobody changed it since it was read.</summary>
    public async Task<bool> TryReplaceAsync(OrganisationId organisation, Stored<T> read, T changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(name);
        var entity = ToEntity(organisation.Value, changed);
        entity.ETag = read.ETag;
        return await table.TryReplaceAsync(entity, cancellation);
    }

    /// <summary>Inserts and replaces up to 100 values, all or none.</summary>
    /// <returns>False when any row was taken or had changed; nothing was written then.</returns>
    public async Task<bool> TryWriteAsync(
        OrganisationId organisation, IEnumerable<T> inserts, IEnumerable<Replacement<T>> replacements, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(name);
        var actions = inserts
            .Select(v => new TableTransactionAction(TableTransactionActionType.Add, ToEntity(organisation.Value, v)))
            .Concat(replacements.Select(r =>
                new TableTransactionAction(TableTransactionActionType.UpdateReplace, ToEntity(organisation.Value, r.Changed), r.Read.ETag)))
            .ToList();
        return await table.TrySubmitAsync(actions, cancellation);
    }

    private protected abstract TableEntity ToEntity(string partition, T value);

    private protected abstract T FromEntity(TableEntity row);

    private Stored<T> Read(TableEntity row) => new(FromEntity(row), row.ETag);

    // Row keys are ASCII; base64url keeps the token opaque and safe in an address.
    private static string Encode(string rowKey) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.ASCII.GetBytes(rowKey));

    private static string Decode(string? continuation)
    {
        if (string.IsNullOrEmpty(continuation) || continuation.Length > 1000 || !System.Buffers.Text.Base64Url.IsValid(continuation))
        {
            return "";
        }

        return Encoding.ASCII.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(continuation));
    }
}
