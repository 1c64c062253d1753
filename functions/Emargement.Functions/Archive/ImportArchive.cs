using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Archive;

/// <param name="Rows">Written by this import; the others were there.</param>
/// <param name="Blobs">Written by this import.</param>
public sealed record ImportedArchive(ArchiveManifest Manifest, long Rows, long Blobs);

/// <summary>
/// Puts an archived organisation into a storage that has not got it. Everything is an insert; the organisation's own row
/// comes last, so that it does not exist for the app before it is whole, and an import that was cut short is completed by
/// running it again. Memory: a batch of rows, a piece of a blob, and the ZIP's directory.
/// </summary>
public sealed class ImportArchive(AppStorage storage, OrganisationBlobs blobs, ArrivalsTable arrivals)
{
    // A transaction takes 4 MB; what the client adds around a line is less than the rest.
    private const int BatchBytes = 3 * 1024 * 1024;

    private const int PieceBytes = 4 * 1024 * 1024;

    /// <param name="source">A stream that can seek; it is left open.</param>
    /// <exception cref="ArchiveRefusedException">The archive is damaged, or the organisation is there and not the same.</exception>
    public async Task<ImportedArchive> RunAsync(Stream source, CancellationToken cancellation)
    {
        using var archive = await ArchiveReader.OpenAsync(source, cancellation);
        var manifest = archive.Manifest;
        var organisation = OrganisationId.Parse(manifest.Organisation);
        var there = await new ArchiveComparison(storage, blobs).CountAsync(archive, organisation, cancellation);
        var organisations = await storage.TableAsync(OrganisationRows.Organisations);
        if (await organisations.FindAsync("organisation", organisation.Value, cancellation) is not null)
        {
            return there == (manifest.Rows, manifest.Blobs)
                ? new ImportedArchive(manifest, 0, 0)
                : throw new ArchiveRefusedException(
                    $"'{organisation}' is in this storage and has lost or removed something since the archive was made: nothing was "
                        + "imported. Import it where it is not.");
        }

        var (rows, written) = (0L, 0L);
        foreach (var table in OrganisationRows.All.Where(t => t.Name != OrganisationRows.Organisations))
        {
            rows += await TableAsync(archive, table.Name, cancellation);
        }

        foreach (var container in OrganisationBlobs.Containers)
        {
            await foreach (var blob in archive.BlobsAsync(container, cancellation))
            {
                written += await TryUploadAsync(archive, container, blob, cancellation) ? 1 : 0;
            }
        }

        await arrivals.NoteAsync(organisation, cancellation);
        rows += await TableAsync(archive, OrganisationRows.Organisations, cancellation);
        return new ImportedArchive(manifest, rows, written);
    }

    private async Task<long> TableAsync(ArchiveReader archive, string table, CancellationToken cancellation)
    {
        var client = await storage.TableAsync(table);
        var batch = new List<(TableEntity Row, byte[] Line)>();
        var (bytes, written) = (0, 0L);
        await foreach (var row in archive.RowsAsync(table, cancellation))
        {
            if (batch.Count == TableAccess.BatchSize || bytes + row.Line.Length > BatchBytes
                || (batch.Count > 0 && batch[0].Row.PartitionKey != row.Row.PartitionKey))
            {
                written += await InsertAsync(client, batch, cancellation);
                batch.Clear();
                bytes = 0;
            }

            batch.Add(row);
            bytes += row.Line.Length;
        }

        return batch.Count == 0 ? written : written + await InsertAsync(client, batch, cancellation);
    }

    /// <returns>How many were not there.</returns>
    private static async Task<long> InsertAsync(
        TableClient table, List<(TableEntity Row, byte[] Line)> batch, CancellationToken cancellation)
    {
        var adds = batch.Select(b => new TableTransactionAction(TableTransactionActionType.Add, b.Row)).ToList();
        if (await table.TrySubmitAsync(adds, cancellation))
        {
            return batch.Count;
        }

        // An earlier import was cut short: some of them are there.
        var inserted = 0L;
        foreach (var (row, line) in batch)
        {
            if (await table.TryInsertAsync(row, cancellation))
            {
                inserted++;
            }
            else if (await table.FindAsync(row.PartitionKey, row.RowKey, cancellation) is not { } there
                || !ArchivedRow.Write(there).AsSpan().SequenceEqual(line))
            {
                throw new ArchiveRefusedException(
                    $"The key {row.PartitionKey}, {row.RowKey} of {table.Name} is taken by something else: it stays as it is, and the "
                        + "organisation does not exist for the app. "
                    + "Import it into another storage.");
            }
        }

        return inserted;
    }

    /// <returns>False when it was there, the same: the comparison before looked at its bytes.</returns>
    private async Task<bool> TryUploadAsync(ArchiveReader archive, string container, ArchivedBlob blob, CancellationToken cancellation)
    {
        var client = (await blobs.ContainerAsync(container)).GetBlobClient(blob.Name);
        var (type, metadata) = (blob.ContentType, blob.Metadata.ToDictionary());
        await using var content = archive.OpenBlob(container, blob.Name)!;

        // One request instead of two, for what nearly all of them are.
        return blob.Bytes <= PieceBytes
            ? await client.TryWriteOnceAsync(await BinaryData.FromStreamAsync(content, cancellation), type, metadata, cancellation)
            : await client.TryWriteOnceAsync(content, PieceBytes, type, metadata, cancellation);
    }
}
