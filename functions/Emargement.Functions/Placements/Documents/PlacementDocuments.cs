using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sealing;

namespace Emargement.Functions.Placements.Documents;

/// <summary>Sealed documents of placements and their evidence, each written once:
/// <c>sheets/{org}/placements/{placement}/{period}~v1.pdf</c> and
/// <c>evidence/{org}/placements/{placement}/{period}~v1~{root}.json</c>.</summary>
public sealed class PlacementDocuments(AppStorage storage)
{
    /// <summary>Stores the PDF if there is none for this version.</summary>
    /// <returns>What is stored: this one, or that of an earlier try.</returns>
    public async Task<(string Sha256, string Code, int Covers)> StoreOnceAsync(
        DocumentPlace place, byte[] pdf, VerificationCode code, int covers, CancellationToken cancellation)
    {
        var metadata = new Dictionary<string, string> { ["code"] = code.Value, ["covers"] = covers.ToString(CultureInfo.InvariantCulture) };
        var blob = (await storage.ContainerAsync("sheets")).GetBlobClient(Pdf(place));
        if (await TryUploadAsync(blob, pdf, "application/pdf", metadata, cancellation))
        {
            return (Convert.ToHexStringLower(SHA256.HashData(pdf)), code.Value, covers);
        }

        var stored = (await blob.DownloadContentAsync(cancellation)).Value;
        return (
            Convert.ToHexStringLower(SHA256.HashData(stored.Content)),
            stored.Details.Metadata["code"],
            int.Parse(stored.Details.Metadata["covers"], CultureInfo.InvariantCulture));
    }

    public async Task StoreEvidenceAsync(DocumentPlace place, string root, byte[] evidence, CancellationToken cancellation)
    {
        var blob = (await storage.ContainerAsync("evidence")).GetBlobClient($"{Stem(place)}~{root}.json");
        await TryUploadAsync(blob, evidence, "application/json", null, cancellation);
    }

    /// <summary>A sealed document of a placement, its latest version unless one is named.</summary>
    /// <returns>The PDF, or <c>document-unknown</c>.</returns>
    public async Task<Result<byte[]>> FindAsync(PlacementFile file, string period, string? version, CancellationToken cancellation)
    {
        var of = file.State.Documents.Where(
            d => d.Period == period && (string.IsNullOrEmpty(version) || d.Version.ToString(CultureInfo.InvariantCulture) == version));
        return of.MaxBy(d => d.Version) is { } document
            && await ReadAsync(new DocumentPlace(file.Organisation.Id, file.Id, period, document.Version), cancellation) is { } pdf
            ? pdf
            : Refusal.NotFound("document-unknown");
    }

    /// <returns>Null when there is none.</returns>
    public async Task<byte[]?> ReadAsync(DocumentPlace place, CancellationToken cancellation)
    {
        try
        {
            var blob = (await storage.ContainerAsync("sheets")).GetBlobClient(Pdf(place));
            return (await blob.DownloadContentAsync(cancellation)).Value.Content.ToArray();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private static string Pdf(DocumentPlace place) => Stem(place) + ".pdf";

    private static string Stem(DocumentPlace place) =>
        string.Create(CultureInfo.InvariantCulture, $"{place.Organisation}/placements/{place.Placement}/{place.Period}~v{place.Version}");

    private static async Task<bool> TryUploadAsync(
        BlobClient blob, byte[] content, string type, IDictionary<string, string>? metadata, CancellationToken cancellation)
    {
        try
        {
            var options = new BlobUploadOptions
            {
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                HttpHeaders = new BlobHttpHeaders { ContentType = type },
                Metadata = metadata,
            };
            await blob.UploadAsync(BinaryData.FromBytes(content), options, cancellation);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status is 409 or 412)
        {
            return false;
        }
    }
}
