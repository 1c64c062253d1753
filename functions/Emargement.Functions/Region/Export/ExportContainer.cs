using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Region.Export;

/// <summary>Container <c>exports</c>: <c>{region}/{yyyy-MM}/{nda}/v{n}/{file}</c>. A file is written once.</summary>
public sealed class ExportContainer(AppStorage storage)
{
    private const string Name = "exports";
    private const string HashKey = "sha256";

    internal static string PathOf(ExportVersion version, string file) =>
        $"{version.Region}/{version.Month}/{version.Nda}/v{version.Version}/{file}";

    internal async Task<BlockBlobClient> BlobAsync(ExportVersion version, string file) =>
        (await storage.ContainerAsync(Name)).GetBlockBlobClient(PathOf(version, file));

    /// <summary>The file's bytes as a stream, or null when there is no such file.</summary>
    public async Task<Stream?> OpenReadAsync(ExportVersion version, string file, CancellationToken cancellation)
    {
        var blob = await BlobAsync(version, file);
        try
        {
            return (await blob.DownloadStreamingAsync(cancellationToken: cancellation)).Value.Content;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Writes a small file.</summary>
    /// <returns>False when it exists with other bytes.</returns>
    internal async Task<bool> TryWriteAsync(
        ExportVersion version, string file, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        using var writer = new BlockBlobWriter(await BlobAsync(version, file));
        writer.Write(content.Span);
        return await TryFinishAsync(writer, cancellation);
    }

    /// <summary>
    /// Writes a signature once; one that an earlier try wrote over the same bytes stands, because signatures need not repeat.
    /// </summary>
    internal async Task WriteSealAsync(ExportVersion version, string file, byte[] seal, CancellationToken cancellation) =>
        await TryWriteAsync(version, file, seal, cancellation);

    /// <returns>False when the file exists with other bytes.</returns>
    internal static async Task<bool> TryFinishAsync(BlockBlobWriter writer, CancellationToken cancellation)
    {
        var hash = writer.Sha256();
        if (await writer.TryFinishAsync(new Dictionary<string, string> { [HashKey] = hash }, cancellation))
        {
            return true;
        }

        BlobProperties existing = await writer.Blob.GetPropertiesAsync(cancellationToken: cancellation);
        return existing.Metadata.TryGetValue(HashKey, out var written) && written == hash;
    }
}
