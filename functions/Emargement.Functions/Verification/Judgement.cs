using Emargement.Domain.Verification;
using Emargement.Functions.Sealing.Seal;

namespace Emargement.Functions.Verification;

/// <summary>From what a file's signatures say to one verdict.</summary>
internal static class Judgement
{
    /// <param name="recorded">SHA-256 of the sheet that the file says to be, as stored; null when there is no such record.</param>
    public static SheetVerdict Of(PdfReport report, string? recorded)
    {
        if (report.Signatures.Count == 0)
        {
            return SheetVerdict.Unsigned;
        }

        // The record decides: it covers even the bytes that no signature can, its own.
        if (recorded is not null && recorded == report.Sha256)
        {
            return SheetVerdict.Intact;
        }

        if (report.Signatures.Any(signature => !signature.Valid))
        {
            return SheetVerdict.Changed;
        }

        if (report.Signatures.All(signature => !signature.CoversWholeFile))
        {
            return SheetVerdict.AddedTo;
        }

        if (!report.Signatures.Any(signature => signature.Ours))
        {
            return SheetVerdict.NotOurs;
        }

        // Somebody signed after us: what we sealed is whole, and the file is more than that.
        if (!report.Signatures[^1].Ours)
        {
            return SheetVerdict.AddedTo;
        }

        return recorded is null ? SheetVerdict.Intact : SheetVerdict.Changed;
    }
}
