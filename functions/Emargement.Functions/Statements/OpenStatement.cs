using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Statements;
using Emargement.Functions.Sealing;
using Emargement.Functions.Statements.Records;

namespace Emargement.Functions.Statements;

/// <param name="Name">For the saved file, ASCII.</param>
public sealed record StatementFile(byte[] Content, string Type, string Name);

/// <summary>Hands over a sealed statement or its evidence to its own organisation.</summary>
public sealed class OpenStatement(SheetCodesTable codes, StatementsTable table, StatementDocuments documents)
{
    /// <returns>The PDF, or <c>statement-unknown</c>.</returns>
    public Task<Result<StatementFile>> PdfAsync(OrganisationId organisation, string? code, CancellationToken cancellation) =>
        OpenAsync(
            organisation,
            code,
            async (place, _) => await documents.ReadAsync(place, cancellation) is { } pdf
                ? new StatementFile(pdf, "application/pdf", NameOf(place, ".pdf"))
                : null,
            cancellation);

    /// <returns>The evidence, or <c>statement-unknown</c>.</returns>
    public Task<Result<StatementFile>> EvidenceAsync(OrganisationId organisation, string? code, CancellationToken cancellation) =>
        OpenAsync(
            organisation,
            code,
            async (place, record) => await documents.ReadEvidenceAsync(place, record.Root, cancellation) is { } evidence
                ? new StatementFile(evidence, "application/json", NameOf(place, ".json"))
                : null,
            cancellation);

    internal static string NameOf(StatementPlace place, string extension) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{place.Key.Learner.Key}_{place.Key.Kind.NameOf()}_{place.Key.Span}_v{place.Version}{extension}");

    private async Task<Result<StatementFile>> OpenAsync(
        OrganisationId organisation,
        string? code,
        Func<StatementPlace, StatementRecord, Task<StatementFile?>> read,
        CancellationToken cancellation)
    {
        if (!VerificationCode.TryParse(code, out var parsed)
            || await codes.FindAsync(parsed, cancellation) is not { } coded
            || coded.Organisation != organisation
            || StatementPlace.Of(coded) is not { } place)
        {
            return Refusal.NotFound("statement-unknown");
        }

        var versions = await table.VersionsAsync(organisation, place.Key, cancellation);
        return versions.FirstOrDefault(v => v.Version == place.Version) is { } record && await read(place, record) is { } file
            ? file
            : Refusal.NotFound("statement-unknown");
    }
}
