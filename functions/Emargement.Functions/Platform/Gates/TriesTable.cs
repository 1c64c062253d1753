using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Platform.Gates;

/// <summary>Table <c>Tries</c>: what was told of guesses. PK <c>{org}</c>, RK <c>{way}|{who}|{where}</c>. Rows of a day before are of no
/// use.</summary>
public sealed class TriesTable(AppStorage storage)
{
    private const string Name = "Tries";

    public async Task<Stored<Tries>> FindAsync(TryPath path, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(path.Organisation.Value, path.Key, cancellation);
        return row is null
            ? new Stored<Tries>(Tries.None, default)
            : new Stored<Tries>(
                new Tries(
                    row.GetInt32("Told")!.Value, row.GetDateTimeOffset("LastAt")!.Value, row.GetBoolean("WasRight")!.Value),
                row.ETag);
    }

    /// <returns>The row as written; null when another outcome was counted meanwhile.</returns>
    public async Task<Stored<Tries>?> WriteAsync(TryPath path, Stored<Tries> read, Tries changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity(path.Organisation.Value, path.Key)
        {
            ["Told"] = changed.Told,
            ["LastAt"] = changed.LastAt,
            ["WasRight"] = changed.WasRight,
        };
        return await table.WriteAsync(entity, read.ETag, cancellation) is { } etag ? new Stored<Tries>(changed, etag) : null;
    }

    /// <summary>Deletes an organisation's rows whose last try is older than an instant.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ForgetAsync(OrganisationId organisation, DateTimeOffset before, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var old = await table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {organisation.Value} and LastAt lt {before}"),
            maxPerPage: 1000,
            select: ["PartitionKey", "RowKey"],
            cancellationToken: cancellation).ToListAsync(cancellation);
        foreach (var batch in old.Chunk(TableAccess.BatchSize))
        {
            // With its ETag: one that was tried again a moment ago stays. Then the whole batch does, until the next day.
            await table.TrySubmitAsync(
                [.. batch.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag))], cancellation);
        }

        return old.Count;
    }
}
