using System.Security.Cryptography;
using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Workflow;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sheets;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sealing;
using Emargement.Functions.Sealing.Seal;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Placements.Documents;

/// <summary>Seals the document of a period: evidence first, then the PDF under a name that can be taken once, then its code, then the fact
/// that says so. A process killed between two of them is repeated, finds the PDF there, and says what it holds.</summary>
public sealed partial class SealPlacement(
    PlacementFactsTable facts,
    PlacementDocuments documents,
    DocumentContents contents,
    PdfSeal seal,
    SealCertificate certificate,
    PublicAddress address,
    TimeProvider time,
    ILogger<SealPlacement> log)
{
    public async Task RunAsync(PlacementFile file, SealPeriod action, CancellationToken cancellation)
    {
        var placement = file.State.Placement;
        if (file.Period(action.Period) is not { } period
            || file.State.Documents.Any(d => d.Period == period.Key && d.Version >= action.Version))
        {
            return;
        }

        var evidence = EvidenceOf(file, period);
        var root = Convert.ToHexStringLower(Evidence.TreeOf(evidence).Root);
        var before = file.State.Documents.LastOrDefault(d => d.Period == period.Key);
        var covers = file.State.StatementsOf(period).Count();
        var code = SealedDocuments.NewCode();
        var now = time.GetUtcNow();
        var page = address.WithoutRequest($"v/{code.Value}");
        var proof = new SheetProof(
            action.Version,
            before?.Sha256,
            code.ToString(),
            page,
            root,
            certificate.Name,
            file.Organisation.Zone.ToLocal(now),
            certificate.Development);
        var (content, people) = await contents.OfAsync(file, period, proof.SealedAt, proof, cancellation);
        var statement = new SealStatement(proof.SealedAt, certificate.Name, $"Heures en entreprise, version {action.Version}", page, null);
        var pdf = await seal.SealAsync(PlacementPdf.Write(content), statement, cancellation);

        var place = new DocumentPlace(placement.Organisation, placement.Id, period.Key, action.Version);
        var written = new Evidence
        {
            Organisation = file.Organisation.Name,
            Nda = file.Organisation.Nda,
            Siret = file.Organisation.Siret,
            Session = $"placement {placement.Id} {period.Key}",
            Version = action.Version,
            Supersedes = before?.Sha256,
            People = people,
            Facts = evidence,
        };
        await documents.StoreEvidenceAsync(place, root, written.Write(), cancellation);
        var (sha256, storedCode, storedCovers) = await documents.StoreOnceAsync(place, pdf.Bytes, code, covers, cancellation);
        var fact = new DocumentSealed
        {
            At = now,
            By = "system",
            Period = period.Key,
            Version = action.Version,
            Sha256 = sha256,
            Code = storedCode,
            Covers = storedCovers,
        };
        await facts.TryInsertAsync(placement.Organisation, placement.Id, [new NewPlacementFact(fact)], cancellation);
        LogSealed(period.Key, placement.Id.Value, action.Version, pdf.Level, pdf.TimestampFailure);
    }

    // What the document rests on: the terms, and every statement about its days. Mails and links prove nothing of the hours.
    private static List<EvidenceFact> EvidenceOf(PlacementFile file, ValidationPeriod period)
    {
        var kept = file.State.StatementsOf(period).Concat<PlacementFact>(file.State.Facts.OfType<Planned>()).Select(f => f.Key).ToHashSet();
        return
        [
            .. file.Stored.Where(s => kept.Contains(s.Fact.Key))
                .OrderBy(s => s.Fact.Key, StringComparer.Ordinal)
                .Select(s => new EvidenceFact(s.Fact.Key, s.Json, s.Drawing)),
        ];
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Document {Period} of placement {Placement} sealed as version {Version} at level {Level}, timestamp failure: {Failure}")]
    private partial void LogSealed(string period, string placement, int version, string level, string? failure);
}
