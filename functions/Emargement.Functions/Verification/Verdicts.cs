using Emargement.Domain.Sessions;
using Emargement.Domain.Verification;
using Emargement.Web.Verification;

namespace Emargement.Functions.Verification;

/// <summary>A verification in the words of the page.</summary>
internal static class Verdicts
{
    public static VerdictModel Of(SheetVerification found)
    {
        var (sheet, document, seal) =
            (found.Sheet, found.Document, found.Seals.LastOrDefault(s => s.Ours) ?? (found.Seals.Count > 0 ? found.Seals[^1] : null));
        var verdict = found.Verdict switch
        {
            SheetVerdict.Intact => sheet is { Superseded: true } || document is { Superseded: true } ? Verdict.Superseded : Verdict.Valid,
            SheetVerdict.Changed => Verdict.Changed,
            SheetVerdict.AddedTo => Verdict.AddedTo,
            _ => Verdict.Foreign,
        };
        return new VerdictModel(
            verdict,
            sheet?.Organisation ?? document?.Organisation,
            sheet?.Training ?? document?.Training,
            SessionId.TryParse(sheet?.Session, out var session) ? session : null,
            sheet?.SealedBy ?? seal?.Signer,
            sheet?.SealedAt ?? document?.SealedAt ?? seal?.ClaimedAt,
            sheet?.Level ?? seal?.Level,
            seal?.TimestampedAt ?? sheet?.StampedApartAt,
            sheet?.Version ?? document?.Version,
            found.Sha256,
            sheet?.Signed,
            sheet?.Expected,
            sheet is { Superseded: true } ? $"/v/{sheet.LatestCode}"
                : document is not null && document.LatestVersion > document.Version ? $"/v/{document.LatestCode}"
                : null,
            sheet?.Development == true || document?.Development == true)
        {
            RecordedSha256 = sheet?.Sha256 ?? document?.Sha256,
            Scan = sheet?.Scan,
            Statement = document?.Statement,
            Outdated = document?.Outdated == true,
            Sheets = document?.Sheets ?? [],
            Period = document is { First: { } first, Last: { } last } ? (first, last) : null,
        };
    }
}
