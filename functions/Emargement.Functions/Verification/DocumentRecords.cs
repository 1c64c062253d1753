using Emargement.Domain.Sealing;
using Emargement.Domain.Verification;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Placements.Documents;
using Emargement.Functions.Sealing;
using Emargement.Functions.Sealing.Seal;

namespace Emargement.Functions.Verification;

/// <summary>What is recorded of a placement's document, for whoever holds it.</summary>
public sealed class DocumentRecords(
    PlacementFiles files, PlacementDocuments documents, TrainingsTable trainings, SealCertificate certificate)
{
    /// <returns>The PDF as kept; null when there is none.</returns>
    public Task<byte[]?> ReadAsync(DocumentPlace place, CancellationToken cancellation) => documents.ReadAsync(place, cancellation);

    /// <returns>Null when no such version was recorded.</returns>
    public async Task<DocumentFinding?> FindAsync(DocumentPlace place, CancellationToken cancellation)
    {
        if (await files.ReadAsync(place.Organisation, place.Placement, cancellation) is not { IsOk: true, Value: var file })
        {
            return null;
        }

        var versions = file.State.Documents.Where(d => d.Period == place.Period).OrderBy(d => d.Version).ToList();
        if (versions.FirstOrDefault(d => d.Version == place.Version) is not { } document)
        {
            return null;
        }

        var training = await trainings.FindAsync(place.Organisation, file.State.Placement.TrainingRef, cancellation);
        var period = file.Period(place.Period);
        return new(
            Written(document.Code), file.Organisation.Name, training?.Value.Title, file.State.Placement.Group, period?.First, period?.Last,
            document.Version, document.Sha256, document.At, certificate.Development, versions[^1].Version, Written(versions[^1].Code));
    }

    // In groups of four, as printed.
    private static string Written(string code) => VerificationCode.TryParse(code, out var parsed) ? parsed.ToString() : code;
}
