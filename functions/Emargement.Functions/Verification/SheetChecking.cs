using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Verification;
using Emargement.Functions.People;
using Emargement.Functions.Sealing;
using Emargement.Functions.Sealing.Seal;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets.Records;

namespace Emargement.Functions.Verification;

/// <summary>
/// Says whether a sheet, or another sealed document, is what it says: from a file that was sent, or from the code that the paper bears.
/// Nothing is kept of a file.
/// </summary>
public sealed class SheetChecking(
    PdfVerifier verifier, SheetCodesTable codes, SheetsTable table, SheetBlobs blobs, OrganisationsTable organisations,
    SessionsTable sessions, TrainingsTable trainings, IEnumerable<IDocumentRecords> records)
{
    /// <summary>Bytes of a file at most.</summary>
    public const int LargestFile = PdfVerifier.LargestFile;

    /// <summary>Refuses with body-too-large, not-a-pdf, pdf-encrypted or pdf-too-complex.</summary>
    public async Task<Result<SheetVerification>> FileAsync(ReadOnlyMemory<byte> pdf, CancellationToken cancellation)
    {
        var report = verifier.Verify(pdf);
        if (!report.IsOk)
        {
            return report.Refusal;
        }

        // The signature names the page of its sheet; only one by our certificate is believed.
        var contact = report.Value.Signatures.LastOrDefault(signature => signature.Ours)?.Contact;
        var place = VerificationCode.TryParse(contact?[(contact.LastIndexOf('/') + 1)..], out var code)
            ? await codes.FindAsync(code, cancellation)
            : null;
        return await AnswerAsync(report.Value, place, cancellation);
    }

    /// <summary>Checks the file that is kept under the code. Refuses with sheet-unknown, or with sheet-erased when its term is
    /// over: a copy verifies still.</summary>
    public async Task<Result<SheetVerification>> CodeAsync(string? text, CancellationToken cancellation)
    {
        if (!VerificationCode.TryParse(text, out var code) || await codes.FindAsync(code, cancellation) is not { } place)
        {
            return Refusal.NotFound("sheet-unknown");
        }

        // Its term over, a document is deleted and its record stays.
        if (await ReadAsync(place, cancellation) is not { } pdf)
        {
            return await IsRecordedAsync(place, cancellation)
                ? Refusal.Of("sheet-erased", RefusalKind.Gone)
                : Refusal.NotFound("sheet-unknown");
        }

        var report = verifier.Verify(pdf);
        return report.IsOk ? await AnswerAsync(report.Value, place, cancellation) : report.Refusal;
    }

    private Task<byte[]?> ReadAsync(CodedPlace place, CancellationToken cancellation) =>
        SheetPlace.Of(place) is { } sheet ? blobs.ReadPdfAsync(sheet.Organisation, sheet.Session, sheet.Version, cancellation)
        : Of(place) is { } documents ? documents.ReadAsync(place, cancellation)
        : Task.FromResult<byte[]?>(null);

    private async Task<bool> IsRecordedAsync(CodedPlace place, CancellationToken cancellation) =>
        SheetPlace.Of(place) is { } sheet ? await RecordAsync(sheet, cancellation) is not null
        : Of(place) is { } documents && await documents.FindAsync(place, cancellation) is not null;

    private IDocumentRecords? Of(CodedPlace place) => records.FirstOrDefault(r => r.Know(place));

    private async Task<SheetVerification> AnswerAsync(PdfReport report, CodedPlace? place, CancellationToken cancellation)
    {
        var sheet = place is not null && SheetPlace.Of(place) is { } ofSession ? await RecordAsync(ofSession, cancellation) : null;
        var document = place is not null && Of(place) is { } documents ? await documents.FindAsync(place, cancellation) : null;
        var seals = report.Signatures.Select(signature => new SealFinding(
            signature.Valid, signature.Problem, signature.BytesAfter, signature.Ours, signature.Signer, signature.Serial,
            signature.Thumbprint, signature.ClaimedAt,
            signature.TimestampedAt, signature.TimestampAuthority, signature.Level));
        return new(Judgement.Of(report, sheet?.Sha256 ?? document?.Sha256), report.Sha256, [.. seals], sheet, document);
    }

    private async Task<SheetFinding?> RecordAsync(SheetPlace place, CancellationToken cancellation)
    {
        var versions = await table.OfSessionAsync(place.Organisation, place.Session, cancellation);
        if (versions.FirstOrDefault(version => version.Value.Version == place.Version)?.Value is not { } sheet)
        {
            return null;
        }

        var latest = versions[^1].Value;
        var organisation = await organisations.FindAsync(place.Organisation, cancellation);
        var session = await sessions.FindAsync(place.Organisation, place.Session, cancellation);
        var training = session is null ? null : await trainings.FindAsync(place.Organisation, session.Value.TrainingRef, cancellation);
        return new(
            sheet.Code.ToString(), organisation?.Value.Name
                ?? place.Organisation.Value, training?.Value.Title, session?.Value.Group, place.Session.ToString(),
            place.Session.Date, place.Session.HalfDay, sheet.Version, sheet.Sha256, sheet.Level, sheet.SealedBy, sheet.SealedAt,
            sheet.StampedApartAt, sheet.Development,
            sheet.Signed, sheet.Expected, latest.Version, latest.Code.ToString())
        {
            Scan = sheet.Scan,
        };
    }
}
