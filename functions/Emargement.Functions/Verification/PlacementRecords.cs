using Emargement.Domain.Sealing;
using Emargement.Domain.Verification;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Placements.Documents;
using Emargement.Functions.Sealing;
using Emargement.Functions.Sealing.Seal;

namespace Emargement.Functions.Verification;

/// <summary>What is recorded of a placement's document.</summary>
public sealed class PlacementRecords(
    PlacementFiles files, PlacementDocuments documents, TrainingsTable trainings, SealCertificate certificate) : IDocumentRecords
{
    public bool Know(CodedPlace place) => DocumentPlace.Of(place) is not null;

    public Task<byte[]?> ReadAsync(CodedPlace place, CancellationToken cancellation) =>
        documents.ReadAsync(DocumentPlace.Of(place)!, cancellation);

    public async Task<DocumentFinding?> FindAsync(CodedPlace place, CancellationToken cancellation)
    {
        var of = DocumentPlace.Of(place)!;
        if (await files.ReadAsync(of.Organisation, of.Placement, cancellation) is not { IsOk: true, Value: var file })
        {
            return null;
        }

        var versions = file.State.Documents.Where(d => d.Period == of.Period).OrderBy(d => d.Version).ToList();
        if (versions.FirstOrDefault(d => d.Version == of.Version) is not { } document)
        {
            return null;
        }

        var training = await trainings.FindAsync(of.Organisation, file.State.Placement.TrainingRef, cancellation);
        var period = file.Period(of.Period);
        return new(
            Written(document.Code), file.Organisation.Name, training?.Value.Title, file.State.Placement.Group, period?.First, period?.Last,
            document.Version, document.Sha256, document.At, certificate.Development, versions[^1].Version, Written(versions[^1].Code));
    }

    // In groups of four, as printed.
    private static string Written(string code) => VerificationCode.TryParse(code, out var parsed) ? parsed.ToString() : code;
}
