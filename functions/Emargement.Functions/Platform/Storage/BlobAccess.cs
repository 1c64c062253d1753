using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Emargement.Functions.Platform.Storage;

/// <summary>The ways in which this app writes and reads a document: written once, by whoever is first, and never over another.</summary>
public static class BlobAccess
{
    /// <summary>Writes a blob where there is none.</summary>
    /// <returns>False when there is one: somebody, perhaps an earlier try of the same call, was first.</returns>
    public static Task<bool> TryWriteOnceAsync(
        this BlobClient blob, BinaryData content, string? type, IDictionary<string, string>? metadata, CancellationToken cancellation) =>
        IsFirstAsync(blob.UploadAsync(content, Once(type, metadata), cancellation));

    /// <summary>Writes a large blob where there is none, a piece at a time: no more is held.</summary>
    /// <returns>False when there is one.</returns>
    public static Task<bool> TryWriteOnceAsync(
        this BlobClient blob,
        Stream content,
        int pieceBytes,
        string? type,
        IDictionary<string, string>? metadata,
        CancellationToken cancellation)
    {
        var options = Once(type, metadata);
        options.TransferOptions = new StorageTransferOptions
        {
            InitialTransferSize = pieceBytes,
            MaximumTransferSize = pieceBytes,
            MaximumConcurrency = 1,
        };
        return IsFirstAsync(blob.UploadAsync(content, options, cancellation));
    }

    /// <summary>The blob with its metadata, or null.</summary>
    public static async Task<BlobDownloadResult?> FindAsync(this BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            return (await blob.DownloadContentAsync(cancellation)).Value;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Deletes a blob.</summary>
    /// <returns>False when the store keeps it still: its immutability runs, or it is held.</returns>
    public static async Task<bool> TryDeleteAsync(this BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, null, cancellation);
            return true;
        }
        catch (RequestFailedException kept) when (kept.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>The condition of what is written once.</summary>
    internal static BlobRequestConditions Absent => new() { IfNoneMatch = ETag.All };

    /// <summary>Awaits a write under that condition.</summary>
    /// <returns>False when somebody was first.</returns>
    internal static async Task<bool> IsFirstAsync(Task write)
    {
        try
        {
            await write;
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status is 409 or 412)
        {
            return false;
        }
    }

    private static BlobUploadOptions Once(string? type, IDictionary<string, string>? metadata) => new()
    {
        Conditions = Absent,
        HttpHeaders = new BlobHttpHeaders { ContentType = type },
        Metadata = metadata,
    };
}
