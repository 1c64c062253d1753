using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets.Records;

namespace Emargement.Functions.Sheets;

/// <summary>A document to hand over.</summary>
public sealed record SheetDocument(byte[] Content, string Type, string FileName, string Sha256);

/// <summary>Which version of whose sheet somebody asks for.</summary>
/// <param name="Version">As written in the address; null for the latest.</param>
public sealed record SheetAsked(Caller Caller, Route<SessionId> Session, string? Version);

/// <summary>Hands over the sheets, their evidence and the timestamps kept apart, to those who may see the Session.</summary>
public sealed class SheetDownloads(SessionsTable sessions, SheetsTable table, SheetBlobs blobs)
{
    /// <summary>The PDF of a version.</summary>
    /// <returns>The document, or <c>session-not-found</c>, <c>not-your-session</c> or <c>sheet-not-ready</c>.</returns>
    public Task<Result<SheetDocument>> PdfAsync(SheetAsked asked, CancellationToken cancellation) => ReadAsync(
        asked,
        async (organisation, sheet) => Document(
            await blobs.ReadPdfAsync(organisation, sheet.Session, sheet.Version, cancellation), "application/pdf", sheet, ".pdf"),
        cancellation);

    /// <summary>The evidence of a version.</summary>
    /// <returns>As the PDF.</returns>
    public Task<Result<SheetDocument>> EvidenceAsync(SheetAsked asked, CancellationToken cancellation) => ReadAsync(
        asked,
        async (organisation, sheet) =>
            Document(await blobs.ReadEvidenceAsync(organisation, sheet, cancellation), "application/json", sheet, ".json"),
        cancellation);

    /// <summary>The RFC 3161 token over the whole PDF, when the authority did not answer in time to put it inside.</summary>
    /// <returns>As the PDF, or <c>stamp-not-apart</c>.</returns>
    public Task<Result<SheetDocument>> StampAsync(SheetAsked asked, CancellationToken cancellation) => ReadAsync(
        asked,
        async (organisation, sheet) => sheet.StampedApartAt is null
            ? Refusal.NotFound("stamp-not-apart")
            : Document(
                await blobs.ReadStampAsync(organisation, sheet.Session, sheet.Version, cancellation),
                "application/timestamp-reply",
                sheet,
                ".tst"),
        cancellation);

    private async Task<Result<SheetDocument>> ReadAsync(
        SheetAsked asked, Func<OrganisationId, SheetRecord, Task<Result<SheetDocument>>> read, CancellationToken cancellation)
    {
        var sheet = await FindAsync(asked, cancellation);
        return sheet.IsOk ? await read(asked.Session.Organisation, sheet.Value) : sheet.Refusal;
    }

    private async Task<Result<SheetRecord>> FindAsync(SheetAsked asked, CancellationToken cancellation)
    {
        var (organisation, id) = asked.Session;
        if (await sessions.FindAsync(organisation, id, cancellation) is not { } found)
        {
            return Refusal.NotFound("session-not-found");
        }

        if (SessionStaff.Check(asked.Caller, found.Value) is { } notYours)
        {
            return notYours;
        }

        var versions = await table.OfSessionAsync(organisation, id, cancellation);
        var sheet = asked.Version is null
            ? versions is [.., var latest] ? latest : null
            : versions.FirstOrDefault(stored => int.TryParse(asked.Version, out var wanted) && stored.Value.Version == wanted);
        return sheet is null ? Refusal.NotFound("sheet-not-ready") : sheet.Value;
    }

    private static Result<SheetDocument> Document(byte[]? content, string type, SheetRecord sheet, string extension) => content is null
        ? Refusal.NotFound("sheet-not-ready")
        : new SheetDocument(content, type, $"{sheet.Session}-v{sheet.Version}{extension}", sheet.Sha256);
}
