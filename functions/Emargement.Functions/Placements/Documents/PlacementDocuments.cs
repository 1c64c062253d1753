using System.Globalization;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sealing;

namespace Emargement.Functions.Placements.Documents;

/// <summary>Sealed documents of placements and their evidence, each written once:
/// <c>sheets/{org}/placements/{placement}/{period}~v1.pdf</c> and
/// <c>evidence/{org}/placements/{placement}/{period}~v1~{root}.json</c>.</summary>
public sealed class PlacementDocuments(SealedDocuments documents)
{
    /// <summary>Stores the PDF if there is none for this version, and records the code of what is stored.</summary>
    /// <returns>What is stored: this one, or that of an earlier try.</returns>
    public async Task<(string Sha256, string Code, int Covers)> StoreOnceAsync(
        DocumentPlace place, byte[] pdf, VerificationCode code, int covers, CancellationToken cancellation)
    {
        var metadata = new Dictionary<string, string> { ["code"] = code.Value, ["covers"] = covers.ToString(CultureInfo.InvariantCulture) };
        var (sha256, kept) = await documents.StoreOnceAsync(Pdf(place), pdf, metadata, cancellation);
        if (VerificationCode.TryParse(kept["code"], out var known))
        {
            await documents.RecordCodeAsync(known, place.Coded, cancellation);
        }

        return (sha256, kept["code"], int.Parse(kept["covers"], CultureInfo.InvariantCulture));
    }

    /// <summary>Deletes a placement's documents, their evidence and the scans of its paper forms. Its facts stay.</summary>
    public async Task<DeletedBlobs> DeleteAsync(OrganisationId organisation, PlacementId placement, CancellationToken cancellation) =>
        await documents.DeleteAsync($"{organisation}/placements/{placement}/", _ => true, cancellation)
            + await documents.DeleteAsync($"placements/{organisation}/{placement}/", _ => true, cancellation);

    public Task StoreEvidenceAsync(DocumentPlace place, string root, byte[] evidence, CancellationToken cancellation) =>
        documents.StoreEvidenceAsync($"{Stem(place)}~{root}.json", evidence, cancellation);

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
    public Task<byte[]?> ReadAsync(DocumentPlace place, CancellationToken cancellation) => documents.ReadAsync(Pdf(place), cancellation);

    private static string Pdf(DocumentPlace place) => Stem(place) + ".pdf";

    private static string Stem(DocumentPlace place) =>
        string.Create(CultureInfo.InvariantCulture, $"{place.Organisation}/placements/{place.Placement}/{place.Period}~v{place.Version}");
}
