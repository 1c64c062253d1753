using Emargement.Domain.Sealing;
using Emargement.Domain.Statements;
using Emargement.Functions.Sealing.Pdf;
using Emargement.Functions.Sheets;

namespace Emargement.Functions.Statements.Issuing;

/// <summary>The pages of a statement: heading, paragraphs and tables one below the other, a new page where one is full, a foot on
/// each.</summary>
internal sealed class StatementPaper(StatementContent content, SheetFonts fonts)
{
    public const double Left = SheetPen.Margin;
    public const double Width = SheetPen.Right - Left;

    private const double Bottom = A4Landscape.Height - 30 - SheetFoot.Height;

    /// <summary>What writes on the page that is being filled.</summary>
    public SheetPen Pen { get; } = new(fonts);

    /// <summary>Where the next line stands, in points from the top.</summary>
    public double Y { get; set; }

    public SheetFonts Fonts => fonts;

    public string Span => $"du {DocumentTexts.Day(content.Span.First)} au {DocumentTexts.Day(content.Span.Last)}";

    public void FirstPage()
    {
        Turn();
        Y = 42;
        Pen.Bold(18, Left, Y, content.Kind.TitleOf(), PdfColour.Ink);
        Pen.RegularRight(10, Y, Span);
        Y += 17;
        var organisation = content.Organisation;
        Y = Pen.Paragraph(bold: true, 10.5, Y, organisation.Name, PdfColour.Ink, 520) + 1;
        Y = Pen.Paragraph(
            bold: false, 8.5, Y, $"Déclaration d'activité {organisation.Nda} · SIRET {organisation.Siret}", PdfColour.Soft, 520);
        Pen.Page.Rule(Left, Y - 2, SheetPen.Right, PdfColour.Ink, 0.8);
        Y += 16;
    }

    private void NextPage()
    {
        Turn();
        Y = 40;
        Pen.Bold(11, Left, Y, $"{content.Kind.TitleOf()} (suite)", PdfColour.Ink);
        Pen.RegularRight(9, Y, $"{content.Learner}, {Span}");
        Y += 8;
        Pen.Page.Rule(Left, Y, SheetPen.Right, PdfColour.Ink, 0.8);
        Y += 14;
    }

    // What is not sealed is never taken for what is: the word lies under the text of each page.
    private void Turn()
    {
        Pen.TurnPage();
        if (content.Proof is null)
        {
            Pen.Bold(96, Left + 70, 330, "PROVISOIRE", PdfColour.Rule);
        }
    }

    public void Room(double tall)
    {
        if (Y + tall > Bottom)
        {
            NextPage();
        }
    }

    public void Table((string Title, double Width)[] columns, IReadOnlyList<string[]> rows)
    {
        Head(columns);
        foreach (var row in rows)
        {
            var cells = row.Select((text, i) => TextBlock.Lines(fonts.Regular, text, 8, columns[i].Width - 6)).ToList();
            var tall = (cells.Max(c => Math.Max(1, c.Count)) * 10) + 5;
            if (Y + tall > Bottom)
            {
                NextPage();
                Head(columns);
            }

            var left = Left;
            for (var i = 0; i < columns.Length; i++)
            {
                Pen.Several(bold: false, 8, left + 3, Y + 10, 10, cells[i], PdfColour.Ink);
                left += columns[i].Width;
            }

            Y += tall;
            Pen.Page.Rule(Left, Y, SheetPen.Right, PdfColour.Rule);
        }

        Y += 6;
    }

    private void Head((string Title, double Width)[] columns)
    {
        Room(40);
        Pen.Page.Fill(Left, Y, Width, 14, PdfColour.Ground);
        var left = Left;
        foreach (var (title, width) in columns)
        {
            Pen.Bold(8, left + 3, Y + 10, title, PdfColour.Soft);
            left += width;
        }

        Y += 14;
    }

    public void Say(string text) => Y = Pen.Paragraph(bold: false, 12, Y, text, PdfColour.Ink, Width) + 3;

    public void Small(string text) => Y = Pen.Paragraph(bold: false, 7.5, Y, text, PdfColour.Soft, Width) + 2;

    public void Stress(double size, double before, string text) =>
        Y = Pen.Paragraph(bold: true, size, Y + before, text, PdfColour.Ink, Width) + 4;

    public void Feet()
    {
        var qr = content.Proof is { } sealedBy ? PdfCanvas.QrModules(sealedBy.Url.AbsoluteUri) : null;
        var pages = Pen.Pages;
        for (var i = 0; i < pages.Count; i++)
        {
            var number = $"page {i + 1}/{pages.Count}";
            if (content.Proof is { } proof)
            {
                SheetFoot.Draw(pages[i], fonts, proof, content.Kind.TitleOf().ToLower(DocumentTexts.French), qr!, number);
            }
            else
            {
                SheetFoot.DrawDraft(
                    pages[i],
                    fonts,
                    $"Projet écrit le {DocumentTexts.DayAndHour(content.WrittenAt)} : ces chiffres peuvent encore changer, et ce document "
                        + "n'est pas scellé.",
                    "Le document scellé porte un code de vérification.",
                    number);
            }
        }
    }
}
