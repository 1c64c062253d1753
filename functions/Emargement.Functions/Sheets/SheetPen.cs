using Emargement.Functions.Sealing.Pdf;

namespace Emargement.Functions.Sheets;

/// <summary>Writes text on the pages of a sheet, in one of its two faces. Baselines and sizes are points from the top.</summary>
internal sealed class SheetPen(SheetFonts fonts)
{
    public const double Margin = 36;
    public const double Right = A4Landscape.Width - Margin;

    private readonly List<PdfCanvas> _pages = [];

    public IReadOnlyList<PdfCanvas> Pages => _pages;

    /// <summary>The page that is being written.</summary>
    public PdfCanvas Page => _pages[^1];

    public void TurnPage() => _pages.Add(new PdfCanvas(A4Landscape.Height));

    public void Bold(double size, double left, double baseline, string text, PdfColour colour) =>
        Write(bold: true, size, left, baseline, fonts.Bold.Drawable(text), colour);

    public void Regular(double size, double left, double baseline, string text, PdfColour colour) =>
        Write(bold: false, size, left, baseline, fonts.Regular.Drawable(text), colour);

    public void BoldRight(double size, double baseline, string text)
    {
        var drawable = fonts.Bold.Drawable(text);
        Write(bold: true, size, Right - fonts.Bold.Width(drawable, size), baseline, drawable, PdfColour.Ink);
    }

    public void RegularRight(double size, double baseline, string text)
    {
        var drawable = fonts.Regular.Drawable(text);
        Write(bold: false, size, Right - fonts.Regular.Width(drawable, size), baseline, drawable, PdfColour.Soft);
    }

    /// <summary>Writes text from the left margin in as many lines as it takes.</summary>
    /// <returns>Where the next baseline is.</returns>
    public double Paragraph(bool bold, double size, double baseline, string text, PdfColour colour, double width)
    {
        var lines = TextBlock.Lines(bold ? fonts.Bold : fonts.Regular, text, size, width);
        Several(bold, size, Margin, baseline, size + 2.5, lines, colour);
        return baseline + (lines.Count * (size + 2.5));
    }

    /// <summary>Writes lines that <see cref="TextBlock"/> broke, one below the other.</summary>
    public void Several(
        bool bold, double size, double left, double baseline, double step, IReadOnlyList<string> lines, PdfColour colour)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            Write(bold, size, left, baseline + (i * step), lines[i], colour);
        }
    }

    private void Write(bool bold, double size, double left, double baseline, string drawable, PdfColour colour) => Page.Text(
        bold ? fonts.Bold : fonts.Regular, bold ? SheetFonts.BoldName : SheetFonts.RegularName, size, left, baseline, drawable, colour);
}
