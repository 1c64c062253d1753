using System.Globalization;
using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions.Paper;

/// <summary>A scan, as it was sent.</summary>
public sealed record StoredScan(byte[] Content, string Type);

/// <summary>
/// Scans of sheets signed by hand, each under its own hash, once, in a container that is immutable as sheets are:
/// <c>papers/{org}/{yyyy}/{MM}/{training}/{sha256}</c>. One scan may hold the half-days of a whole week; with its training it is forgotten.
/// </summary>
public sealed class SheetScans(AppStorage storage)
{
    private const string Container = "papers";

    /// <summary>Keeps a scan for each month of which it may prove half-days; keeping it again changes nothing.</summary>
    /// <returns>Its SHA-256, or what <see cref="ScanType"/> refuses.</returns>
    public async Task<Result<string>> StoreAsync(
        OrganisationId organisation,
        Reference training,
        IEnumerable<YearMonth> months,
        ReadOnlyMemory<byte> scan,
        CancellationToken cancellation)
    {
        var type = ScanType.Read(scan.Span);
        if (!type.IsOk)
        {
            return type.Refusal;
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(scan.Span));
        foreach (var month in months.Distinct())
        {
            // One that is there already is the same: its name is its content.
            await (await BlobAsync(organisation, training, month, sha256))
                .TryWriteOnceAsync(BinaryData.FromBytes(scan), type.Value, null, cancellation);
        }

        return sha256;
    }

    /// <param name="sha256">As a caller wrote it.</param>
    /// <returns>Its media type; null when there is none.</returns>
    public async Task<string?> TypeAsync(
        OrganisationId organisation, Reference training, YearMonth month, string sha256, CancellationToken cancellation) =>
        IsHash(sha256) ? await (await BlobAsync(organisation, training, month, sha256)).FindTypeAsync(cancellation) : null;

    /// <returns>The scan, or <c>scan-unknown</c>.</returns>
    public async Task<Result<StoredScan>> ReadAsync(
        OrganisationId organisation, Reference training, YearMonth month, string sha256, CancellationToken cancellation) =>
        IsHash(sha256) && await (await BlobAsync(organisation, training, month, sha256)).FindAsync(cancellation) is { } blob
            ? new StoredScan(blob.Content.ToArray(), blob.Details.ContentType)
            : Refusal.NotFound("scan-unknown");

    /// <summary>Deletes those of a training's month, whose term is over.</summary>
    public async Task<DeletedBlobs> DeleteAsync(
        OrganisationId organisation, Reference training, YearMonth month, CancellationToken cancellation) =>
        await (await storage.ContainerAsync(Container)).DeleteBelowAsync(Folder(organisation, training, month), _ => true, cancellation);

    private static bool IsHash(string sha256) =>
        sha256.Length == 2 * SHA256.HashSizeInBytes && sha256.All(char.IsAsciiHexDigitLower);

    private async Task<BlobClient> BlobAsync(OrganisationId organisation, Reference training, YearMonth month, string sha256) =>
        (await storage.ContainerAsync(Container)).GetBlobClient(Folder(organisation, training, month) + sha256);

    private static string Folder(OrganisationId organisation, Reference training, YearMonth month) => string.Create(
        CultureInfo.InvariantCulture, $"{organisation}/{month.FirstDay:yyyy}/{month.FirstDay:MM}/{training.Key}/");
}
