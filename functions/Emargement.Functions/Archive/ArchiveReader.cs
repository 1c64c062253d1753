using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;

namespace Emargement.Functions.Archive;

/// <summary>An archive whose every byte of content was found to be what the manifest says.</summary>
internal sealed class ArchiveReader : IDisposable
{
    private static readonly JsonException NoManifest = new("The manifest is empty.");

    private readonly ZipArchive _zip;

    private ArchiveReader(ZipArchive zip, ArchiveManifest manifest) => (_zip, Manifest) = (zip, manifest);

    public ArchiveManifest Manifest { get; }

    /// <summary>Opens an archive and reads all of it once.</summary>
    /// <param name="source">A stream that can seek; it is left open.</param>
    /// <exception cref="ArchiveRefusedException">Not an archive of this app, of a later
    /// version of it, or not as it was written.</exception>
    public static async Task<ArchiveReader> OpenAsync(Stream source, CancellationToken cancellation)
    {
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
            var reader = new ArchiveReader(zip, await ManifestAsync(zip, cancellation));
            await reader.VerifyAsync(cancellation);
            zip = null;
            return reader;
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException or FormatException
            or KeyNotFoundException or InvalidOperationException or EndOfStreamException)
        {
            throw Changed(fault.Message);
        }
        finally
        {
            zip?.Dispose();
        }
    }

    /// <summary>Rows of a table, in the order in which they were read.</summary>
    public async IAsyncEnumerable<(TableEntity Row, byte[] Line)> RowsAsync(
        string table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = Entry(ArchiveManifest.TableEntry(table)).Open();
        await foreach (var line in ArchiveLines.ReadAsync(stream, cancellation))
        {
            yield return (ArchivedRow.Read(line), line);
        }
    }

    public async IAsyncEnumerable<ArchivedBlob> BlobsAsync(string container, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = Entry(ArchiveManifest.ListEntry(container)).Open();
        await foreach (var line in ArchiveLines.ReadAsync(stream, cancellation))
        {
            yield return JsonSerializer.Deserialize<ArchivedBlob>(line, ArchivedBlob.Json) ?? throw NoManifest;
        }
    }

    /// <summary>A blob's bytes; null when the archive has no blob of that name.</summary>
    public Stream? OpenBlob(string container, string name) => _zip.GetEntry(ArchiveManifest.BlobEntry(container, name))?.Open();

    public void Dispose() => _zip.Dispose();

    private static async Task<ArchiveManifest> ManifestAsync(ZipArchive zip, CancellationToken cancellation)
    {
        var entry = zip.GetEntry(ArchiveManifest.Entry)
            ?? throw new ArchiveRefusedException("This file has no manifest.json: it is not an archive that `export` wrote.");
        await using var stream = entry.Open();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellation);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))) != zip.Comment)
        {
            throw Changed(ArchiveManifest.Entry);
        }

        var manifest = JsonSerializer.Deserialize<ArchiveManifest>(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), ArchiveManifest.Json)
            ?? throw NoManifest;
        return manifest.Schema == ArchiveManifest.CurrentSchema
            ? manifest
            : throw new ArchiveRefusedException(
                $"This archive has schema {manifest.Schema}, and this version of the app reads schema {ArchiveManifest.CurrentSchema}: "
                    + "import it with the version that wrote it.");
    }

    private static ArchiveRefusedException Changed(string what) =>
        new($"The archive is not as it was written ({what}): nothing was imported. Take another copy of it.");

    private async Task VerifyAsync(CancellationToken cancellation)
    {
        if (!Manifest.Tables.Select(t => t.Name).SequenceEqual(OrganisationRows.All.Select(t => t.Name))
            || !Manifest.Containers.Select(c => c.Name).SequenceEqual(OrganisationBlobs.Containers))
        {
            throw new ArchiveRefusedException("This archive does not hold the tables and containers that this version of the app has: "
                + "import it with the version that wrote it.");
        }

        foreach (var table in Manifest.Tables)
        {
            Check(
                ArchiveManifest.TableEntry(table.Name),
                await HashAsync(ArchiveManifest.TableEntry(table.Name), cancellation),
                (table.Sha256, table.Rows));
        }

        foreach (var container in Manifest.Containers)
        {
            Check(
                ArchiveManifest.ListEntry(container.Name),
                await HashAsync(ArchiveManifest.ListEntry(container.Name), cancellation),
                (container.Sha256, container.Blobs));
            await foreach (var blob in BlobsAsync(container.Name, cancellation))
            {
                await using var stream = Entry(ArchiveManifest.BlobEntry(container.Name, blob.Name)).Open();
                if (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation)) != blob.Sha256)
                {
                    throw Changed(ArchiveManifest.BlobEntry(container.Name, blob.Name));
                }
            }
        }

        if (_zip.Entries.Count != 1 + Manifest.Tables.Count + Manifest.Containers.Count + Manifest.Blobs)
        {
            throw Changed("it holds entries that its manifest does not name");
        }
    }

    private static void Check(string entry, (string Sha256, long Lines) found, (string Sha256, long Lines) expected)
    {
        if (found != expected)
        {
            throw Changed(entry);
        }
    }

    private async Task<(string Sha256, long Lines)> HashAsync(string name, CancellationToken cancellation)
    {
        await using var stream = Entry(name).Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lines = 0L;
        await foreach (var line in ArchiveLines.ReadAsync(stream, cancellation))
        {
            hash.AppendData(line);
            hash.AppendData("\n"u8);
            lines++;
        }

        return (Convert.ToHexStringLower(hash.GetCurrentHash()), lines);
    }

    private ZipArchiveEntry Entry(string name) => _zip.GetEntry(name) ?? throw Changed(name);
}
