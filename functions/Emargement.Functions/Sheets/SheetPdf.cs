using Emargement.Domain.Sealing;
using Emargement.Domain.Sheets;
using Emargement.Functions.Sealing.Pdf;

namespace Emargement.Functions.Sheets;

/// <summary>
/// Draws a <see cref="SheetContent"/> as a PDF: A4 landscape, one embedded typeface, the heading again on each page, signatures as strokes
/// on a baseline.
/// The same content gives the same bytes. Our own writer, because a sheet must hold any mixture of European letters, be the same on every
/// attempt to seal it, and take milliseconds.
/// </summary>
internal static class SheetPdf
{
    /// <returns>The file, not sealed yet.</returns>
    public static byte[] Write(SheetContent content) =>
        SheetFile.Write(Title(content), content.Organisation.Name, content.Proof.SealedAt, fonts => SheetLayout.Draw(content, fonts));

    private static string Title(SheetContent content) =>
        $"{content.Title} – {content.Training.Title} – {DocumentTexts.Day(content.Session.Date)}, {content.Session.HalfDay}";
}
