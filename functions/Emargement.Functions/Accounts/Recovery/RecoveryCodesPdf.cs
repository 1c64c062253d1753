using System.Collections;
using Emargement.Domain.Sealing;
using Emargement.Functions.Sealing.Pdf;

namespace Emargement.Functions.Accounts.Recovery;

/// <summary>Slips to cut out and hand over, eight on a page: whose, the code, where it is typed, until when.</summary>
internal static class RecoveryCodesPdf
{
    private const string Title = "Codes pour choisir un nouveau mot de passe";
    private const int Columns = 2;
    private const int Rows = 4;
    private const double Margin = 28;
    private const double Inside = 14;
    private const double QrSide = 84;

    /// <param name="page">The address of the page on which the codes are typed.</param>
    public static byte[] Write(IssuedCodes issued, Uri page) =>
        SheetFile.Write(Title, issued.Organisation.Name, issued.EndsAt - Domain.Accounts.RecoveryCode.Lifetime, fonts =>
        {
            var qr = PdfCanvas.QrModules(page.AbsoluteUri);
            var last = $"Un seul usage, jusqu’au {DocumentTexts.Day(issued.Organisation.Zone.DateAt(issued.EndsAt))}.";
            return [.. issued.Codes.Chunk(Columns * Rows).Select(codes => Page(fonts, codes, issued.Organisation.Name, page, qr, last))];
        });

    private static PdfCanvas Page(
        SheetFonts fonts, IssuedCode[] codes, string organisation, Uri page, IReadOnlyList<BitArray> qr, string last)
    {
        var canvas = new PdfCanvas(A4Landscape.Height);
        const double wide = (A4Landscape.Width - (2 * Margin)) / Columns;
        const double tall = (A4Landscape.Height - (2 * Margin)) / Rows;
        for (var i = 0; i < codes.Length; i++)
        {
            var (left, top) = (Margin + (i % Columns * wide), Margin + (i / Columns * tall));
            canvas.Frame(left, top, wide, tall, PdfColour.Rule);
            canvas.QrCode(qr, left + wide - QrSide - Inside, top + Inside, QrSide);
            Slip(canvas, fonts, codes[i], left + Inside, top, wide - QrSide - (3 * Inside), organisation, page, last);
        }

        return canvas;
    }

    private static void Slip(
        PdfCanvas canvas,
        SheetFonts fonts,
        IssuedCode issued,
        double left,
        double top,
        double width,
        string organisation,
        Uri page,
        string last)
    {
        Line(fonts.Bold, SheetFonts.BoldName, 12, 24, issued.Name, PdfColour.Ink);
        Line(fonts.Regular, SheetFonts.RegularName, 9, 38, organisation, PdfColour.Soft);
        Line(fonts.Regular, SheetFonts.RegularName, 10, 58, $"Votre référence : {issued.Account.Person}", PdfColour.Ink);
        Line(fonts.Bold, SheetFonts.BoldName, 20, 84, issued.Code.ToString(), PdfColour.Ink);
        Line(fonts.Regular, SheetFonts.RegularName, 9, 102, $"{page.Authority}{page.AbsolutePath}", PdfColour.Soft);
        Line(fonts.Regular, SheetFonts.RegularName, 9, 116, last, PdfColour.Soft);

        void Line(PdfFont font, string name, double size, double baseline, string text, PdfColour colour) =>
            canvas.Text(font, name, size, left, top + baseline, TextBlock.Fitted(font, text, size, width, most: 1)[0], colour);
    }
}
