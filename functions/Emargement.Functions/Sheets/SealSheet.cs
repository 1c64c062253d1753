using System.Security.Cryptography;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sheets;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Functions.Sealing;
using Emargement.Functions.Sealing.Pdf;
using Emargement.Functions.Sealing.Seal;
using Emargement.Functions.Sheets.Records;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Sheets;

/// <summary>
/// Makes the sheet of a closed Session say what its facts say: nothing when the latest version already does, else one more version, sealed
/// and stored once.
/// However often and however concurrently it runs, each state of the facts gets one version, and each version one PDF.
/// </summary>
public sealed partial class SealSheet(
    SheetSources sources,
    SheetsTable table,
    SealedDocuments documents,
    SheetBlobs blobs,
    PdfSeal seal,
    SealCertificate certificate,
    PublicAddress address,
    Instruments instruments,
    TimeProvider time,
    ILogger<SealSheet> log)
{
    // Each turn is lost only to another run that stored a version: far fewer than this can happen to one Session at once.
    private const int MostTurns = 20;

    /// <summary>The version that says what the facts say now. Refuses with session-not-found or session-not-closed.</summary>
    public async Task<Result<SheetRecord>> RunAsync(OrganisationId organisation, SessionId session, CancellationToken cancellation)
    {
        // What this run stored stands: another look needs the facts alone, until they say more.
        SheetRecord? latest = null;
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var stored = await sources.FactsAsync(organisation, session, cancellation);
            IReadOnlyList<EvidenceFact> facts = [.. stored.Select(fact => new EvidenceFact(fact.Fact.Key, fact.Json, fact.Drawing))];
            var root = Convert.ToHexStringLower(Evidence.TreeOf(facts).Root);
            latest ??= await table.OfSessionAsync(organisation, session, cancellation) is [.., var last] ? last.Value : null;
            if (latest?.Root == root)
            {
                return latest;
            }

            var source = await sources.ReadAsync(organisation, session, stored, cancellation);
            if (!source.IsOk)
            {
                return source.Refusal;
            }

            latest = await StoreVersionAsync(organisation, source.Value, facts, root, latest, cancellation);
        }

        throw new InvalidOperationException($"The sheet of {session} was versioned {MostTurns} times without reaching the present facts.");
    }

    /// <returns>The version as recorded; null when another run was faster.</returns>
    private async Task<SheetRecord?> StoreVersionAsync(
        OrganisationId organisation, SheetSource source, IReadOnlyList<EvidenceFact> facts, string root, SheetRecord? before,
        CancellationToken cancellation)
    {
        var session = source.Session.Id;
        var version = (before?.Version ?? 0) + 1;
        var code = SealedDocuments.NewCode();
        var now = time.GetUtcNow();
        var page = address.WithoutRequest($"v/{code.Value}");
        var content = SheetComposition.Of(
            source, new(
                version,
                before?.Sha256,
                code.ToString(),
                page,
                root,
                certificate.Name,
                source.Organisation.Zone.ToLocal(now),
                certificate.Development));
        var statement = new SealStatement(
            content.Proof.SealedAt, certificate.Name, $"{content.Title}, version {version}", page, SheetFoot.SealedByPlace);
        var sealedPdf = await seal.SealAsync(SheetPdf.Write(content), statement, cancellation);

        // The evidence first: a sheet that can be seen has its evidence.
        await blobs.StoreEvidenceAsync(
            organisation, session, version, root, EvidenceOf(source, facts, version, before).Write(), cancellation);
        var record = await blobs.StoreOnceAsync(
            organisation,
            new SheetRecord
            {
                Session = session,
                Version = version,
                Code = code,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(sealedPdf.Bytes)),
                Supersedes = before?.Sha256,
                Root = root,
                Facts = facts.Count,
                Signed = content.Lines.Count(line => line.IsSigned),
                Expected = content.Lines.Count,
                Level = sealedPdf.Level,
                SealedBy = certificate.Name,
                SealedAt = now,
                TimestampedAt = sealedPdf.TimestampedAt,
                TimestampFailure = sealedPdf.TimestampFailure,
                Development = certificate.Development,
                Scan = source.Facts.OfType<Closed>().FirstOrDefault()?.Paper,
            },
            sealedPdf.Bytes,
            cancellation);

        await documents.RecordCodeAsync(record.Code, new SheetPlace(organisation, session, version).Coded, cancellation);
        if (!await table.TryInsertAsync(organisation, record, cancellation))
        {
            return null;
        }

        instruments.Sealed(source.Facts, version, time.GetUtcNow());
        LogSealed(organisation.Value, session.ToString(), version, record.Level, record.TimestampFailure);
        return record;
    }

    private static Evidence EvidenceOf(SheetSource source, IReadOnlyList<EvidenceFact> facts, int version, SheetRecord? before) => new()
    {
        Organisation = source.Organisation.Name,
        Nda = source.Organisation.Nda,
        Siret = source.Organisation.Siret,
        Session = source.Session.Id.ToString(),
        Version = version,
        Supersedes = before?.Sha256,
        People = source.People,
        Facts = facts,
    };

    [LoggerMessage(
        1,
        LogLevel.Information,
        "Sheet of {Organisation} {Session} sealed as version {Version} at level {Level}, timestamp failure: {Failure}")]
    private partial void LogSealed(string organisation, string session, int version, string level, string? failure);
}
