using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Statements;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sealing;

namespace Emargement.Functions.Statements.Records;

/// <summary>
/// Sealed statements and their evidence, each written once: <c>sheets/{org}/statements/{training}/{learner}~{kind}~{span}~v1.pdf</c> and
/// <c>evidence/{org}/statements/{training}/{learner}~{kind}~{span}~v1~{root}.json</c>. The PDF's metadata hold its record, so that a
/// process killed before it wrote the row loses nothing.
/// </summary>
public sealed class StatementDocuments(SealedDocuments documents)
{
    /// <summary>Stores the PDF if there is none for this version, and records the code of what is stored.</summary>
    /// <returns>The record of what is stored: this one, or that of whoever was first.</returns>
    public async Task<StatementRecord> StoreOnceAsync(
        OrganisationId organisation, StatementRecord record, byte[] pdf, CancellationToken cancellation)
    {
        var place = new StatementPlace(organisation, record.Key, record.Version);
        var stored = await documents.StoreOnceAsync(Pdf(place), pdf, Metadata(record), cancellation);
        var kept = FromMetadata(record, stored);
        await documents.RecordCodeAsync(kept.Code, place.Coded, cancellation);
        return kept;
    }

    public Task StoreEvidenceAsync(StatementPlace place, string root, byte[] evidence, CancellationToken cancellation) =>
        documents.StoreEvidenceAsync(Evidence(place, root), evidence, cancellation);

    /// <returns>Null when there is none, or no more.</returns>
    public Task<byte[]?> ReadAsync(StatementPlace place, CancellationToken cancellation) => documents.ReadAsync(Pdf(place), cancellation);

    public Task<byte[]?> ReadEvidenceAsync(StatementPlace place, string root, CancellationToken cancellation) =>
        documents.ReadEvidenceAsync(Evidence(place, root), cancellation);

    /// <summary>Deletes a training's statements and their evidence. Their rows stay.</summary>
    public Task<DeletedBlobs> DeleteAsync(OrganisationId organisation, Reference training, CancellationToken cancellation) =>
        documents.DeleteAsync(Folder(organisation, training), _ => true, cancellation);

    private static Dictionary<string, string> Metadata(StatementRecord record)
    {
        // Metadata are HTTP headers: ASCII only, and no empty value.
        var metadata = new Dictionary<string, string>
        {
            ["code"] = record.Code.Value,
            ["root"] = record.Root,
            ["figures"] = record.Figures,
            ["by"] = Uri.EscapeDataString(record.By),
            ["sealedat"] = record.SealedAt.ToString("O", CultureInfo.InvariantCulture),
            ["development"] = record.Development ? "true" : "false",
        };
        if (record.Supersedes is { } before)
        {
            metadata["supersedes"] = before;
        }

        return metadata;
    }

    private static StatementRecord FromMetadata(StatementRecord record, StoredDocument stored) => record with
    {
        Code = VerificationCode.TryParse(stored.Metadata["code"], out var code)
            ? code
            : throw new FormatException("A stored statement has no code."),
        Sha256 = stored.Sha256,
        Root = stored.Metadata["root"],
        Figures = stored.Metadata["figures"],
        By = Uri.UnescapeDataString(stored.Metadata["by"]),
        SealedAt = DateTimeOffset.ParseExact(stored.Metadata["sealedat"], "O", CultureInfo.InvariantCulture),
        Development = stored.Metadata["development"] == "true",
        Supersedes = stored.Metadata.TryGetValue("supersedes", out var before) ? before : null,
    };

    private static string Folder(OrganisationId organisation, Reference training) => $"{organisation}/statements/{training.Key}/";

    private static string Stem(StatementPlace place)
    {
        var key = place.Key;
        var name = $"{key.Learner.Key}~{key.Kind.NameOf()}~{key.Span}";
        return string.Create(CultureInfo.InvariantCulture, $"{Folder(place.Organisation, key.Training)}{name}~v{place.Version}");
    }

    private static string Pdf(StatementPlace place) => Stem(place) + ".pdf";

    private static string Evidence(StatementPlace place, string root) => $"{Stem(place)}~{root[..16]}.json";
}
