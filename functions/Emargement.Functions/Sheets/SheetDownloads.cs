using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Access;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets.Records;

namespace Emargement.Functions.Sheets;

/// <summary>A document to hand over.</summary>
public sealed record SheetDocument(byte[] Content, string Type, string FileName, string Sha256);

/// <summary>Hands over the sheets, their evidence and the timestamps kept apart, to those who may see the Session.</summary>
public sealed class SheetDownloads(SessionsTable sessions, SheetsTable table, SheetBlobs blobs)
{
    /// <summary>The PDF of a version, the latest unless given. Refuses with session-not-found, not-your-session or sheet-not-ready.</summary>
    public async Task<Result<SheetDocument>> PdfAsync(Caller caller, string org, string session, string? version, CancellationToken cancellation)
    {
        var found = await FindAsync(caller, org, session, version, cancellation);
        return found.IsOk
            ? Document(await blobs.ReadPdfAsync(found.Value.Organisation, found.Value.Sheet.Session, found.Value.Sheet.Version, cancellation), "application/pdf", found.Value.Sheet, ".pdf")
            : found.Refusal;
    }

    /// <summary>The evidence of a version, the latest unless given.</summary>
    public async Task<Result<SheetDocument>> EvidenceAsync(Caller caller, string org, string session, string? version, CancellationToken cancellation)
    {
        var found = await FindAsync(caller, org, session, version, cancellation);
        return found.IsOk
            ? Document(await blobs.ReadEvidenceAsync(found.Value.Organisation, found.Value.Sheet, cancellation), "application/json", found.Value.Sheet, ".json")
            : found.Refusal;
    }

    /// <summary>The RFC 3161 token over the whole PDF, when the authority did not answer in time to put it inside. Refuses with stamp-not-apart too.</summary>
    public async Task<Result<SheetDocument>> StampAsync(Caller caller, string org, string session, string? version, CancellationToken cancellation)
    {
        var found = await FindAsync(caller, org, session, version, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var (organisation, sheet) = found.Value;
        return sheet.StampedApartAt is null
            ? Refusal.NotFound("stamp-not-apart")
            : Document(await blobs.ReadStampAsync(organisation, sheet.Session, sheet.Version, cancellation), "application/timestamp-reply", sheet, ".tst");
    }

    private async Task<Result<(OrganisationId Organisation, SheetRecord Sheet)>> FindAsync(
        Caller caller, string org, string session, string? version, CancellationToken cancellation)
    {
        if (!OrganisationId.TryParse(org, out var organisation) || !SessionId.TryParse(session, out var id) || await sessions.FindAsync(organisation, id, cancellation) is not { } found)
        {
            return Refusal.NotFound("session-not-found");
        }

        if (caller.Kind == Callers.Trainer && !found.Session.IsTaughtBy(caller.Person))
        {
            return Refusal.Forbidden("not-your-session");
        }

        var versions = await table.OfSessionAsync(organisation, id, cancellation);
        var sheet = version is null
            ? versions is [.., var latest] ? latest : null
            : versions.FirstOrDefault(stored => int.TryParse(version, out var wanted) && stored.Sheet.Version == wanted);
        return sheet is null ? Refusal.NotFound("sheet-not-ready") : (organisation, sheet.Sheet);
    }

    private static Result<SheetDocument> Document(byte[]? content, string type, SheetRecord sheet, string extension) => content is null
        ? Refusal.NotFound("sheet-not-ready")
        : new SheetDocument(content, type, $"{sheet.Session}-v{sheet.Version}{extension}", sheet.Sha256);
}
