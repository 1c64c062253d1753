using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace Emargement.Functions.Platform.Storage;

/// <summary>
/// The few ways in which this app reads and writes a table: by exact key, by range inside
/// one partition, insert, and change with the ETag that was read.
/// </summary>
public static class TableAccess
{
    /// <summary>Rows of one entity-group transaction at most (service limit).</summary>
    public const int BatchSize = 100;

    /// <summary>The row, or null.</summary>
    public static async Task<TableEntity?> FindAsync(this TableClient table, string partition, string row, CancellationToken cancellation)
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return response.HasValue ? response.Value : null;
    }

    /// <summary>Rows of a partition whose key starts with a prefix, in key order, read page by page.</summary>
    /// <param name="prefix">Empty for the whole partition.</param>
    public static AsyncPageable<TableEntity> StartingWith(
        this TableClient table, string partition, string prefix, CancellationToken cancellation)
    {
        if (prefix.Length == 0)
        {
            return table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), maxPerPage: 1000, cancellationToken: cancellation);
        }

        return table.Between(partition, prefix, AfterPrefix(prefix), cancellation);
    }

    /// <summary>Rows of a partition from a key inclusive to a key exclusive.</summary>
    public static AsyncPageable<TableEntity> Between(
        this TableClient table, string partition, string from, string before, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {before}"),
            maxPerPage: 1000,
            cancellationToken: cancellation);

    /// <summary>The rows in order, the next page asked for while those of one are worked on: for whoever reads to the end.</summary>
    public static async IAsyncEnumerable<TableEntity> AheadAsync(
        this AsyncPageable<TableEntity> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pages = rows.AsPages().GetAsyncEnumerator(cancellation);
        var next = pages.MoveNextAsync().AsTask();
        try
        {
            while (await next)
            {
                var page = pages.Current.Values;
                next = pages.MoveNextAsync().AsTask();
                foreach (var row in page)
                {
                    yield return row;
                }
            }
        }
        finally
        {
            // Whoever stops on the way waits for the page that was asked for: pages are not let go of under a call.
            await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await pages.DisposeAsync();
        }
    }

    /// <summary>The first key after every key that starts with the prefix.</summary>
    public static string AfterPrefix(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    /// <summary>Inserts a row.</summary>
    /// <returns>False when the key is taken: somebody, perhaps an earlier try of the same call, was first.</returns>
    public static async Task<bool> TryInsertAsync(this TableClient table, TableEntity entity, CancellationToken cancellation)
    {
        try
        {
            await table.AddEntityAsync(entity, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Replaces a row if it is still the one that was read.</summary>
    /// <returns>False when another writer was faster.</returns>
    public static async Task<bool> TryReplaceAsync(this TableClient table, TableEntity entity, CancellationToken cancellation) =>
        await table.UpdateAsync(entity, TableUpdateMode.Replace, cancellation) is not null;

    /// <summary>As <see cref="TryReplaceAsync"/>, for a row that is replaced again.</summary>
    /// <returns>Its new ETag; null when another writer was faster.</returns>
    public static Task<ETag?> ReplaceAsync(this TableClient table, TableEntity entity, CancellationToken cancellation) =>
        table.UpdateAsync(entity, TableUpdateMode.Replace, cancellation);

    /// <summary>Writes the columns given if the row is still the one that was read; the others stay.</summary>
    /// <returns>False when another writer was faster.</returns>
    public static async Task<bool> TryMergeAsync(this TableClient table, TableEntity entity, CancellationToken cancellation) =>
        await table.UpdateAsync(entity, TableUpdateMode.Merge, cancellation) is not null;

    private static async Task<ETag?> UpdateAsync(
        this TableClient table, TableEntity entity, TableUpdateMode mode, CancellationToken cancellation)
    {
        try
        {
            return (await table.UpdateEntityAsync(entity, entity.ETag, mode, cancellation)).Headers.ETag;
        }
        catch (RequestFailedException e) when (e.Status is 412 or 404)
        {
            return null;
        }
    }

    /// <summary>Replaces the row that was read, or inserts it where none was: its ETag is then <c>default</c>.</summary>
    /// <returns>False when another writer was faster.</returns>
    public static async Task<bool> TryWriteAsync(
        this TableClient table, TableEntity entity, ETag read, CancellationToken cancellation) =>
        await table.WriteAsync(entity, read, cancellation) is not null;

    /// <summary>As <see cref="TryWriteAsync"/>, for a writer who goes on from there without reading again.</summary>
    /// <returns>The ETag of the row as written; null when another writer was faster.</returns>
    public static async Task<ETag?> WriteAsync(this TableClient table, TableEntity entity, ETag read, CancellationToken cancellation)
    {
        var isNew = read == default;
        try
        {
            var written = isNew
                ? await table.AddEntityAsync(entity, cancellation)
                : await table.UpdateEntityAsync(entity, read, TableUpdateMode.Replace, cancellation);
            return written.Headers.ETag ?? throw new InvalidOperationException("The storage gave no ETag of a row that it wrote.");
        }
        catch (RequestFailedException e) when (isNew ? e.Status == 409 : e.Status is 412 or 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Deletes a row, if it is still the one that was read; <see cref="ETag.All"/> for a row whose content does not matter.
    /// </summary>
    /// <returns>False when it is gone or had changed.</returns>
    public static async Task<bool> TryDeleteAsync(
        this TableClient table, string partition, string row, ETag etag, CancellationToken cancellation)
    {
        try
        {
            // The client takes a missing row for deleted and says so only by the status.
            return (await table.DeleteEntityAsync(partition, row, etag, cancellation)).Status != 404;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return false;
        }
    }

    /// <summary>Applies up to 100 changes of one partition, all or none.</summary>
    /// <returns>False when a row was taken or had changed; nothing was written then.</returns>
    public static async Task<bool> TrySubmitAsync(
        this TableClient table, IReadOnlyCollection<TableTransactionAction> actions, CancellationToken cancellation) =>
        await table.SubmitAsync(actions, cancellation) is null;

    /// <summary>As <see cref="TrySubmitAsync"/>, and says what stood against it.</summary>
    /// <returns>
    /// Null when all was applied; else the status of the first change that could not be: 409 where a row is taken, 404 where there is none,
    /// 412 where it had changed.
    /// </returns>
    public static async Task<int?> SubmitAsync(
        this TableClient table, IReadOnlyCollection<TableTransactionAction> actions, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(actions, cancellation);
            return null;
        }
        catch (TableTransactionFailedException e) when (e.Status is 409 or 412 or 404)
        {
            return e.Status;
        }
    }
}
