using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Archive;

/// <summary>
/// Writes everything that one organisation has in the storage into one ZIP file. Memory:
/// a page of rows, a piece of a blob, and the ZIP's directory.
/// </summary>
public sealed class ExportArchive(AppStorage storage, OrganisationBlobs blobs, TimeProvider time)
{
    /// <param name="target">A stream that can be written; it is left open.</param>
    /// <exception cref="ArchiveRefusedException">The storage has no organisation of that name.</exception>
    public async Task<ArchiveManifest> RunAsync(OrganisationId organisation, Stream target, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        var organisations = await storage.TableAsync(OrganisationRows.Organisations);
        if (await organisations.FindAsync("organisation", organisation.Value, cancellation) is null)
        {
            throw new ArchiveRefusedException(
                $"This storage has no organisation '{organisation}': check the short name, the account and the prefix.");
        }

        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        var tables = new List<ArchivedTableEntry>();
        foreach (var table in OrganisationRows.All)
        {
            tables.Add(await TableAsync(zip, table, organisation, cancellation));
        }

        var containers = new List<ArchivedContainerEntry>();
        foreach (var container in OrganisationBlobs.Containers)
        {
            containers.Add(await ContainerAsync(zip, container, organisation, cancellation));
        }

        var manifest = new ArchiveManifest(ArchiveManifest.CurrentSchema, organisation.Value, at, tables, containers);
        using var entry = new HashedEntry(zip, ArchiveManifest.Entry);
        await entry.WriteLineAsync(JsonSerializer.SerializeToUtf8Bytes(manifest, ArchiveManifest.Json), cancellation);
        zip.Comment = entry.Sha256();
        return manifest;
    }

    private async Task<ArchivedTableEntry> TableAsync(
        ZipArchive zip, OrganisationRows table, OrganisationId organisation, CancellationToken cancellation)
    {
        var client = await storage.TableAsync(table.Name);
        using var entry = new HashedEntry(zip, ArchiveManifest.TableEntry(table.Name));
        await foreach (var row in client.QueryAsync<TableEntity>(table.Of(organisation), maxPerPage: 1000, cancellationToken: cancellation))
        {
            await entry.WriteLineAsync(ArchivedRow.Write(row), cancellation);
        }

        return new ArchivedTableEntry(table.Name, entry.Lines, entry.Sha256());
    }

    private async Task<ArchivedContainerEntry> ContainerAsync(
        ZipArchive zip, string container, OrganisationId organisation, CancellationToken cancellation)
    {
        var client = await blobs.ContainerAsync(container);
        long bytes = 0;

        // A ZIP takes one entry at a time, and the list is known when its blobs are written: it waits in a file that nobody else opens.
        await using var list = NamelessFile.Open();
        await foreach (var name in blobs.NamesAsync(container, organisation, cancellation))
        {
            if (await BlobAsync(zip, container, client.GetBlobClient(name), cancellation) is { } blob)
            {
                bytes += blob.Bytes;
                await list.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(blob, ArchivedBlob.Json), cancellation);
                list.WriteByte((byte)'\n');
            }
        }

        list.Position = 0;
        using var entry = new HashedEntry(zip, ArchiveManifest.ListEntry(container));
        var lines = 0L;
        await foreach (var line in ArchiveLines.ReadAsync(list, cancellation))
        {
            await entry.WriteLineAsync(line, cancellation);
            lines++;
        }

        return new ArchivedContainerEntry(container, lines, bytes, entry.Sha256());
    }

    /// <returns>Null when it was moved or deleted since it was listed.</returns>
    private static async Task<ArchivedBlob?> BlobAsync(ZipArchive zip, string container, BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            using var download = (await blob.DownloadStreamingAsync(cancellationToken: cancellation)).Value;
            using var entry = new HashedEntry(zip, ArchiveManifest.BlobEntry(container, blob.Name));
            await entry.CopyAsync(download.Content, cancellation);
            var details = download.Details;
            return new ArchivedBlob(
                blob.Name,
                entry.Bytes,
                entry.Sha256(),
                details.LastModified,
                details.ContentType,
                new SortedDictionary<string, string>(details.Metadata, StringComparer.Ordinal));
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }
}
