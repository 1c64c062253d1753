using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Emargement.Functions.Platform.Storage;

/// <param name="Gone">Blobs that were deleted.</param>
/// <param name="Kept">Blobs that the store refuses to delete yet.</param>
public readonly record struct DeletedBlobs(int Gone, int Kept)
{
    public static DeletedBlobs operator +(DeletedBlobs one, DeletedBlobs other) => new(one.Gone + other.Gone, one.Kept + other.Kept);
}

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

    /// <summary>The blob's media type, without its content; null when there is none.</summary>
    public static async Task<string?> FindTypeAsync(this BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            return (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value.ContentType;
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

    /// <summary>Deletes what is below a folder and whose term is over.</summary>
    /// <param name="folder">With its slash.</param>
    /// <param name="isOver">Which of the names below it.</param>
    public static async Task<DeletedBlobs> DeleteBelowAsync(
        this BlobContainerClient container, string folder, Func<string, bool> isOver, CancellationToken cancellation)
    {
        var (gone, kept) = (0, 0);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellation))
        {
            if (!isOver(blob.Name[folder.Length..]))
            {
                continue;
            }

            if (await container.GetBlobClient(blob.Name).TryDeleteAsync(cancellation))
            {
                gone++;
            }
            else
            {
                kept++;
            }
        }

        return new DeletedBlobs(gone, kept);
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
