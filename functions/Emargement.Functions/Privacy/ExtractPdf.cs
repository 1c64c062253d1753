using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sheets;
using Emargement.Functions.Sealing.Pdf;

namespace Emargement.Functions.Privacy;

/// <summary>One learner's lines of the sheets of an organisation.</summary>
/// <param name="At">When it is written, at the organisation's place.</param>
internal sealed record Extract(
    Organisation Organisation, string Name, Reference Learner, DateTimeOffset At, IReadOnlyList<ExtractLine> Lines);

/// <summary>What a sheet says of one learner.</summary>
/// <param name="Code">By which the sheet itself is checked; null while there is none.</param>
internal sealed record ExtractLine(SheetSession Session, string Training, SheetLine Said, VerificationCode? Code)
{
    /// <param name="source">With the learner's facts, and no others.</param>
    /// <returns>Null when they say nothing that a sheet prints.</returns>
    public static ExtractLine? Of(SheetSource source, VerificationCode? code)
    {
        var (session, training, said) = SheetComposition.LineOf(source);
        return said is null ? null : new ExtractLine(session, training.Title, said, code);
    }
}

/// <summary>Draws an extract: A4 landscape, the typeface of the sheets. It is not sealed, and says so.</summary>
internal sealed class ExtractPdf
{
    private const double Margin = 36;
    private const double Right = A4Landscape.Width - Margin;
    private const double Bottom = A4Landscape.Height - 40;
    private const string Title = "Extrait des feuilles d’émargement";
    private const string Warning =
        "Cet extrait n’est pas scellé : les feuilles portent les noms de tout un groupe. Le code de chaque ligne vérifie la feuille "
        + "d’origine sur la page /v du service.";

    private static readonly (string Title, double Width)[] Columns =
    [
        ("Demi-journée", 168), ("Horaires", 92), ("Formation", 150), ("Présence", 146), ("Signé", 104), ("Feuille", 110),
    ];

    private readonly Extract _extract;
    private readonly SheetFonts _fonts;
    private readonly List<PdfCanvas> _pages = [];
    private double _y;

    private ExtractPdf(Extract extract, SheetFonts fonts) => (_extract, _fonts) = (extract, fonts);

    public static byte[] Write(Extract extract) => SheetFile.Write(Title, extract.Organisation.Name, extract.At, fonts =>
    {
        var document = new ExtractPdf(extract, fonts);
        document.Draw();
        return document._pages;
    });

    private void Draw()
    {
        TurnPage();
        foreach (var line in _extract.Lines)
        {
            Row(line);
        }

        for (var i = 0; i < _pages.Count; i++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"page {i + 1}/{_pages.Count}");
            var drawable = _fonts.Regular.Drawable(number);
            _pages[i].Text(_fonts.Regular, SheetFonts.RegularName, 8, Margin, A4Landscape.Height - 22, drawable, PdfColour.Soft);
        }
    }

    private void TurnPage()
    {
        _pages.Add(new PdfCanvas(A4Landscape.Height));
        _y = 42;
        Text(bold: true, 16, Margin, _y, Title);
        _y += 16;
        var whose = $"{_extract.Name} · référence {_extract.Learner} · {_extract.Organisation.Name} · "
            + $"écrit le {DocumentTexts.DayAndHour(_extract.At)}";
        foreach (var line in TextBlock.Lines(_fonts.Regular, whose, 9.5, Right - Margin))
        {
            Text(bold: false, 9.5, Margin, _y, line);
            _y += 12;
        }

        Text(bold: false, 8, Margin, _y, Warning, PdfColour.Soft);
        _y += 10;
        _pages[^1].Fill(Margin, _y, Right - Margin, 15, PdfColour.Ground);
        var left = Margin + 4;
        foreach (var (title, width) in Columns)
        {
            Text(bold: true, 8, left, _y + 10.5, title, PdfColour.Soft);
            left += width;
        }

        _y += 15;
    }

    private void Row(ExtractLine line)
    {
        var session = line.Session;
        var signature = line.Said.Signature;
        var cells = new[]
        {
            $"{DocumentTexts.Day(session.Date)}, {session.HalfDay}",
            $"{DocumentTexts.Hour(session.Start)} à {DocumentTexts.Hour(session.End)}",
            line.Training,
            SheetTexts.Presence(line.Said),
            signature is not null ? $"{DocumentTexts.DayAndHour(signature.SignedAt)} – {signature.Method}"
                : line.Said.OnPaper ? "Feuille papier" : "",
            line.Code?.ToString() ?? "",
        };
        var texts = cells.Select((cell, i) => TextBlock.Lines(_fonts.Regular, cell, 8.5, Columns[i].Width - 8)).ToList();
        var tall = Math.Max(20, (texts.Max(t => t.Count) * 10.5) + 8);
        if (_y + tall > Bottom)
        {
            TurnPage();
        }

        var left = Margin + 4;
        for (var i = 0; i < texts.Count; i++)
        {
            for (var n = 0; n < texts[i].Count; n++)
            {
                Text(bold: false, 8.5, left, _y + 12 + (n * 10.5), texts[i][n]);
            }

            left += Columns[i].Width;
        }

        _y += tall;
        _pages[^1].Rule(Margin, _y, Right, PdfColour.Rule);
    }

    private void Text(bool bold, double size, double left, double baseline, string text, PdfColour? colour = null)
    {
        var font = bold ? _fonts.Bold : _fonts.Regular;
        _pages[^1].Text(
            font, bold ? SheetFonts.BoldName : SheetFonts.RegularName, size, left, baseline, font.Drawable(text), colour ?? PdfColour.Ink);
    }
}
