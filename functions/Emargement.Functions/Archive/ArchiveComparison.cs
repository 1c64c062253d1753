using System.Security.Cryptography;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Archive;

/// <summary>What a storage has of an archive's organisation already.</summary>
internal sealed class ArchiveComparison(AppStorage storage, OrganisationBlobs blobs)
{
    /// <returns>How many rows and blobs of the archive are there, the same.</returns>
    /// <exception cref="ArchiveRefusedException">The storage has something of this
    /// organisation that the archive has not, or has otherwise.</exception>
    public async Task<(long Rows, long Blobs)> CountAsync(
        ArchiveReader archive, OrganisationId organisation, CancellationToken cancellation)
    {
        var (rows, found) = (0L, 0L);
        foreach (var table in OrganisationRows.All)
        {
            rows += await RowsAsync(archive, table, organisation, cancellation);
        }

        foreach (var container in OrganisationBlobs.Containers)
        {
            await foreach (var name in blobs.NamesAsync(container, organisation, cancellation))
            {
                if (archive.OpenBlob(container, name) is not { } kept || !await IsSameAsync(kept, container, name, cancellation))
                {
                    throw Other(organisation, $"{container}/{name}");
                }

                found++;
            }
        }

        return (rows, found);
    }

    private async Task<long> RowsAsync(
        ArchiveReader archive, OrganisationRows table, OrganisationId organisation, CancellationToken cancellation)
    {
        // Both are in order of keys, so one pass over each is enough.
        await using var kept = archive.RowsAsync(table.Name, cancellation).GetAsyncEnumerator(cancellation);
        var client = await storage.TableAsync(table.Name);
        var same = 0L;
        await foreach (var row in client.QueryAsync<TableEntity>(table.Of(organisation), maxPerPage: 1000, cancellationToken: cancellation))
        {
            var order = -1;
            while (order < 0 && await kept.MoveNextAsync())
            {
                order = Compare(kept.Current.Row, row);
            }

            if (order != 0 || !ArchivedRow.Write(row).AsSpan().SequenceEqual(kept.Current.Line))
            {
                throw Other(organisation, $"{table.Name}, {row.PartitionKey}, {row.RowKey}");
            }

            same++;
        }

        return same;
    }

    private async Task<bool> IsSameAsync(Stream kept, string container, string name, CancellationToken cancellation)
    {
        await using (kept)
        {
            var blob = (await blobs.ContainerAsync(container)).GetBlobClient(name);
            using var there = (await blob.DownloadStreamingAsync(cancellationToken: cancellation)).Value;
            var (one, other) = (await SHA256.HashDataAsync(there.Content, cancellation), await SHA256.HashDataAsync(kept, cancellation));
            return one.AsSpan().SequenceEqual(other);
        }
    }

    private static int Compare(TableEntity one, TableEntity other)
    {
        var partitions = string.CompareOrdinal(one.PartitionKey, other.PartitionKey);
        return partitions != 0 ? partitions : string.CompareOrdinal(one.RowKey, other.RowKey);
    }

    private static ArchiveRefusedException Other(OrganisationId organisation, string what) => new(
        $"'{organisation}' is in this storage with something that the archive has not, or has otherwise ({what}): nothing was imported. "
            + "Import it where it is not.");
}
