using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Emargement.Domain.Placements;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Placements.Paper;

/// <summary>Scans of signed paper forms, each under its own hash: <c>evidence/placements/{org}/{placement}/{sha256}</c>.</summary>
public sealed class PaperScans(AppStorage storage)
{
    private const string Container = "evidence";

    /// <summary>Stores a scan; storing it again changes nothing.</summary>
    /// <returns>Its SHA-256, as 64 hexadecimal digits.</returns>
    public async Task<string> StoreOnceAsync(
        Route<PlacementId> placement, ReadOnlyMemory<byte> scan, string type, CancellationToken cancellation)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(scan.Span));
        // One that is there already is the same: its name is its content.
        await (await BlobAsync(placement, sha256)).TryWriteOnceAsync(BinaryData.FromBytes(scan), type, null, cancellation);
        return sha256;
    }

    /// <param name="sha256">As a caller wrote it.</param>
    public async Task<bool> ExistsAsync(Route<PlacementId> placement, string sha256, CancellationToken cancellation) =>
        sha256.Length == 2 * SHA256.HashSizeInBytes
        && sha256.All(char.IsAsciiHexDigitLower)
        && await (await BlobAsync(placement, sha256)).ExistsAsync(cancellation);

    private async Task<BlobClient> BlobAsync(Route<PlacementId> placement, string sha256) =>
        (await storage.ContainerAsync(Container)).GetBlobClient($"placements/{placement.Organisation}/{placement.Id}/{sha256}");
}
