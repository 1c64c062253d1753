using System.Collections;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sheets;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>
/// The foot of each page: the QR code to the verification page, who sealed it and when, the version, the root of the facts, the page's
/// number.
/// </summary>
internal static class SheetFoot
{
    public const double Height = 72;

    /// <summary>Where « Scellée par » is printed, in points from the lower left corner: the seal answers to a click there.</summary>
    public static readonly (int Left, int Bottom, int Right, int Top) SealedByPlace = (110, 50, 560, 62);

    private const double Left = 36;
    private const double Right = A4Landscape.Width - 36;
    private const double Top = A4Landscape.Height - 20 - Height;
    private const double Qr = 68;
    private const double Step = 11;

    /// <param name="about">What the document is about, beside its code.</param>
    public static void Draw(PdfCanvas page, SheetFonts fonts, SheetProof proof, string about, IReadOnlyList<BitArray> qr, string number)
    {
        page.Rule(Left, Top, Right, PdfColour.Rule);
        // The code's own quiet zone gives the margin.
        page.QrCode(qr, Left - 4, Top + 4, Qr);

        var left = Left + Qr + 8;
        var baseline = Top + 16;
        var invitation = $"Vérifier ce document : {proof.Url.AbsoluteUri}";
        Write(fonts.Bold, SheetFonts.BoldName, 9, invitation, PdfColour.Ink);
        page.Link(left, Top + 6, fonts.Bold.Width(invitation, 9), 13, proof.Url);
        Write(fonts.Regular, SheetFonts.RegularName, 8, $"Code de vérification {proof.Code} · {about} · {Version(proof)}", PdfColour.Ink);
        Write(
            fonts.Regular,
            SheetFonts.RegularName,
            8,
            $"Scellée par {proof.SealedBy} le {DocumentTexts.DayAndHour(proof.SealedAt)}",
            PdfColour.Ink);
        Write(fonts.Regular, SheetFonts.RegularName, 7, $"Racine des faits (SHA-256) : {proof.MerkleRoot}", PdfColour.Soft);
        if (proof.Supersedes is { } former)
        {
            Write(fonts.Regular, SheetFonts.RegularName, 7, $"Version remplacée (SHA-256) : {former}", PdfColour.Soft);
        }

        if (proof.Development)
        {
            Write(fonts.Bold, SheetFonts.BoldName, 8, "Sceau de développement : ce document n'engage personne.", PdfColour.Alert);
        }

        page.Text(fonts.Regular, SheetFonts.RegularName, 8.5, Right - fonts.Regular.Width(number, 8.5), Top + 16, number, PdfColour.Soft);

        void Write(PdfFont font, string name, double size, string text, PdfColour colour)
        {
            foreach (var line in TextBlock.Lines(font, text, size, Right - left - 60))
            {
                page.Text(font, name, size, left, baseline, line, colour);
                baseline += Step;
            }
        }
    }

    /// <summary>The foot of what is not sealed: it says so on each page.</summary>
    public static void DrawDraft(PdfCanvas page, SheetFonts fonts, string what, string then, string number)
    {
        page.Rule(Left, Top, Right, PdfColour.Rule);
        page.Text(fonts.Bold, SheetFonts.BoldName, 9, Left, Top + 16, fonts.Bold.Drawable(what), PdfColour.Alert);
        page.Text(fonts.Regular, SheetFonts.RegularName, 8, Left, Top + 16 + Step, fonts.Regular.Drawable(then), PdfColour.Soft);
        page.Text(fonts.Regular, SheetFonts.RegularName, 8.5, Right - fonts.Regular.Width(number, 8.5), Top + 16, number, PdfColour.Soft);
    }

    private static string Version(SheetProof proof) =>
        proof.Version == 1 ? "version 1" : $"version {proof.Version}, remplace la version {proof.Version - 1}";
}
