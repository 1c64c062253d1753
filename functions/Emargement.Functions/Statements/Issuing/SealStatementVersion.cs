using System.Security.Cryptography;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Statements;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sealing;
using Emargement.Functions.Sealing.Seal;
using Emargement.Functions.Statements.Records;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Statements.Issuing;

/// <summary>
/// Seals a statement: nothing when the latest version says the same already, else one more version, sealed and stored once, however often
/// and however concurrently it is asked for.
/// </summary>
public sealed partial class SealStatementVersion(
    StatementsTable table,
    StatementDocuments documents,
    PdfSeal seal,
    SealCertificate certificate,
    PublicAddress address,
    TimeProvider time,
    ILogger<SealStatementVersion> log)
{
    // Each turn is lost only to another run that stored a version.
    private const int MostTurns = 20;

    /// <param name="by">Who asks, as in <c>Fact.By</c>.</param>
    public async Task<StatementRecord> RunAsync(
        Organisation organisation, PreparedStatement prepared, string by, CancellationToken cancellation)
    {
        var root = prepared.Root;
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var latest = await table.VersionsAsync(organisation.Id, prepared.Key, cancellation) is [.., var last] ? last : null;
            if (latest?.Root == root)
            {
                return latest;
            }

            if (await StoreAsync(organisation, prepared, root, latest, by, cancellation) is { } stored && stored.Root == root)
            {
                return stored;
            }
        }

        throw new InvalidOperationException($"A statement was versioned {MostTurns} times without reaching what is so now.");
    }

    /// <returns>The version as recorded; null when another run was faster.</returns>
    private async Task<StatementRecord?> StoreAsync(
        Organisation organisation, PreparedStatement prepared, string root, StatementRecord? before, string by,
        CancellationToken cancellation)
    {
        var (version, code, now) = ((before?.Version ?? 0) + 1, SealedDocuments.NewCode(), time.GetUtcNow());
        var page = address.WithoutRequest($"v/{code.Value}");
        var proof = new SheetProof(
            version, before?.Sha256, code.ToString(), page, root, certificate.Name, organisation.Zone.ToLocal(now),
            certificate.Development);
        var content = prepared.Content with { Proof = proof, WrittenAt = proof.SealedAt };
        var says = new SealStatement(proof.SealedAt, certificate.Name, $"{prepared.Key.Kind.TitleOf()}, version {version}", page, null);
        var pdf = await seal.SealAsync(StatementPdf.Write(content), says, cancellation);

        // The evidence first: a statement that can be seen has its evidence.
        var place = new StatementPlace(organisation.Id, prepared.Key, version);
        await documents.StoreEvidenceAsync(place, root, EvidenceOf(organisation, prepared, version, before), cancellation);
        var record = new StatementRecord
        {
            Key = prepared.Key,
            Version = version,
            Code = code,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(pdf.Bytes)),
            Supersedes = before?.Sha256,
            Root = root,
            Figures = StatementEvidence.FiguresOf(prepared.Content.Figures),
            By = by,
            SealedAt = now,
            Development = certificate.Development,
        };
        var stored = await documents.StoreOnceAsync(organisation.Id, record, pdf.Bytes, cancellation);
        if (!await table.TryInsertAsync(organisation.Id, stored, cancellation))
        {
            return null;
        }

        LogSealed(organisation.Id.Value, prepared.Key.Kind, version, pdf.Level, pdf.TimestampFailure);
        return stored;
    }

    private static byte[] EvidenceOf(Organisation organisation, PreparedStatement prepared, int version, StatementRecord? before) =>
        new Evidence
        {
            Organisation = organisation.Name,
            Nda = organisation.Nda,
            Siret = organisation.Siret,
            Session = $"{prepared.Key.Kind.NameOf()} {prepared.Key.Training} {prepared.Key.Learner} {prepared.Key.Span}",
            Version = version,
            Supersedes = before?.Sha256,
            People = new Dictionary<string, string> { [$"learner:{prepared.Key.Learner}"] = prepared.Content.Learner },
            Facts = prepared.Leaves,
        }.Write();

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Statement {Kind} of {Organisation} sealed as version {Version} at level {Level}, timestamp failure: {Failure}")]
    private partial void LogSealed(string organisation, StatementKind kind, int version, string level, string? failure);
}
