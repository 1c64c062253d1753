using System.Globalization;
using Emargement.Functions.Sealing.Fonts;
using Emargement.Functions.Sealing.Pdf;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>A card of single-use codes to print and cut out: A5 across, numbered codes to cross off one by one.</summary>
internal static class CardPdf
{
    private const string Title = "Carte de codes pour émarger";
    private const string Use =
        "À chaque demi-journée, saisissez un code qui n’est pas barré, puis barrez-le : il ne sert qu’une fois.";

    private const string Care =
        "Cette carte est personnelle. Si vous la perdez, prévenez votre organisme de formation : elle sera remplacée.";

    private const double Width = 595;
    private const double Height = 420;
    private const double Margin = 34;
    private const int Columns = 5;
    private const string Regular = "F1";
    private const string Bold = "F2";

    /// <summary>One card a page.</summary>
    /// <param name="cards">At least one, of one organisation.</param>
    public static byte[] Write(params IReadOnlyList<PrintedCard> cards)
    {
        var objects = new PdfObjects();
        var regular = new PdfFont(objects, FontFile.Regular);
        var bold = new PdfFont(objects, FontFile.Bold);
        var tree = objects.Reserve();
        var fonts = $"<< {regular.Resources(Regular)} {bold.Resources(Bold)} >>";
        var kids = cards.Select(card => Page(objects, tree, fonts, Drawn(regular, bold, card))).ToList();
        objects.Set(tree, $"<< /Type /Pages /Count {kids.Count} /Kids [{string.Join(' ', kids.Select(kid => $"{kid} 0 R"))}] >>");
        regular.Write();
        bold.Write();
        var catalog = objects.Add($"<< /Type /Catalog /Pages {tree} 0 R /Lang (fr-FR) /ViewerPreferences << /DisplayDocTitle true >> >>");
        var (title, author) = (PdfObjects.Text(Title), PdfObjects.Text(DrawnText.Clean(cards[0].Organisation.Name)));
        var information = objects.Add($"<< /Title {title} /Author {author} /Producer (Emargement) >>");
        return objects.Write(catalog, information);
    }

    private static int Page(PdfObjects objects, int tree, string fonts, PdfCanvas drawn)
    {
        var contents = objects.AddStream(drawn.Bytes);
        return objects.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {Width} {Height}]"
            + $" /Resources << /Font {fonts} >> /Contents {contents} 0 R >>"));
    }

    private static PdfCanvas Drawn(PdfFont regular, PdfFont bold, PrintedCard card)
    {
        var page = new PdfCanvas(Height);
        Heading(page, regular, bold, card);
        Codes(page, regular, bold, card.Codes);
        return page;
    }

    private static void Heading(PdfCanvas page, PdfFont regular, PdfFont bold, PrintedCard card)
    {
        var name = $"{card.Learner.FirstName} {card.Learner.LastName} ({card.Learner.Ref})";
        page.Text(bold, Bold, 16, Margin, 52, bold.Drawable(Title), PdfColour.Ink);
        var whose = TextBlock.Fitted(regular, $"{card.Organisation.Name} – {name}", 11, Width - (2 * Margin), most: 1)[0];
        page.Text(regular, Regular, 11, Margin, 72, whose, PdfColour.Ink);
        page.Text(regular, Regular, 9, Margin, 92, regular.Drawable(Use), PdfColour.Soft);
        page.Text(regular, Regular, 9, Margin, 106, regular.Drawable(Care), PdfColour.Soft);
    }

    private static void Codes(PdfCanvas page, PdfFont regular, PdfFont bold, IReadOnlyList<string> codes)
    {
        const double cellWidth = (Width - (2 * Margin)) / Columns;
        const double cellHeight = 33;
        for (var i = 0; i < codes.Count; i++)
        {
            var left = Margin + (i % Columns * cellWidth);
            var top = 122 + (i / Columns * cellHeight);
            page.Frame(left, top, cellWidth, cellHeight, PdfColour.Rule);
            page.Text(
                regular, Regular, 7, left + 5, top + 11, regular.Drawable((i + 1).ToString(CultureInfo.InvariantCulture)), PdfColour.Soft);
            page.Text(bold, Bold, 13, left + 20, top + 22, bold.Drawable($"{codes[i][..4]} {codes[i][4..]}"), PdfColour.Ink);
        }
    }
}
