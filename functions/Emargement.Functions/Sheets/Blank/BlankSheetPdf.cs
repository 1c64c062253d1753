using System.Globalization;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sheets;
using Emargement.Functions.Sealing.Pdf;

namespace Emargement.Functions.Sheets.Blank;

/// <summary>
/// Draws a <see cref="BlankSheet"/>: A4 landscape as the sealed sheet, one box a learner and half-day, up to ten half-days and fifteen
/// people a page, the heading and two QR codes on each: a fold or a stamp spoils one, the pair says which way up it is.
/// </summary>
internal sealed class BlankSheetPdf
{
    private const int MostColumns = 10;
    private const int MostRows = 15;
    private const int Spare = 3;
    private const double Margin = SheetPen.Margin;
    private const double Right = SheetPen.Right;
    private const double NameWidth = 176;
    private const double RowHeight = 21.5;
    private const double Qr = 62;

    private readonly BlankSheet _sheet;
    private readonly SheetFonts _fonts;
    private readonly SheetPen _pen;

    private BlankSheetPdf(BlankSheet sheet, SheetFonts fonts) => (_sheet, _fonts, _pen) = (sheet, fonts, new SheetPen(fonts));

    public static byte[] Write(BlankSheet sheet) => SheetFile.Write(
        $"Feuille à signer – {sheet.Training} – {sheet.Group} – {sheet.Span}",
        sheet.Organisation.Name,
        sheet.At,
        fonts => new BlankSheetPdf(sheet, fonts).Draw());

    private IReadOnlyList<PdfCanvas> Draw()
    {
        var rows = Enumerable.Range(0, _sheet.People.Count + Spare).Chunk(MostRows).ToList();
        var pages = _sheet.HalfDays.Chunk(MostColumns).SelectMany(days => rows.Select(people => (days, people))).ToList();
        for (var i = 0; i < pages.Count; i++)
        {
            DrawPage(pages[i].days, pages[i].people, i + 1, pages.Count);
        }

        return _pen.Pages;
    }

    private void DrawPage(BlankHalfDay[] days, int[] people, int number, int count)
    {
        _pen.TurnPage();
        Heading();
        var width = (Right - Margin - NameWidth) / Math.Max(days.Length, 3);
        var y = ColumnHeads(days, width, 104);
        foreach (var person in people)
        {
            Row(person, days, width, y);
            y += RowHeight;
        }

        Feet(days, width, y);
        var modules = PdfCanvas.QrModules(string.Create(CultureInfo.InvariantCulture, $"{_sheet.Address}&p={number}-{count}"));
        _pen.Page.QrCode(modules, Margin - 6, 18, Qr);
        _pen.Page.QrCode(modules, Right - Qr + 6, A4Landscape.Height - 20 - Qr, Qr);
        _pen.Bold(8.5, Margin, A4Landscape.Height - 44, "Feuille à signer à la main. Sans valeur une fois recopiée.", PdfColour.Ink);
        _pen.Regular(
            8, Margin, A4Landscape.Height - 32,
            $"Imprimée le {DocumentTexts.DayAndHour(_sheet.Organisation.Zone.ToLocal(_sheet.At))} · page {number}/{count}"
            + $" · {string.Join(", ", days.Select(d => d.Session.SlotRef.Value).Distinct().Take(4))}",
            PdfColour.Soft);
    }

    private void Heading()
    {
        const double left = Margin + Qr + 8;
        _pen.Bold(16, left, 36, "Feuille d'émargement à signer", PdfColour.Ink);
        _pen.BoldRight(11, 36, char.ToUpper(_sheet.Span[0], DocumentTexts.French) + _sheet.Span[1..]);
        var organisation = _sheet.Organisation;
        var lines = TextBlock.Fitted(
            _fonts.Regular, $"{organisation.Name} · Déclaration d'activité {organisation.Nda} · SIRET {organisation.Siret}", 9,
            Right - left, 1);
        _pen.Several(bold: false, 9, left, 51, 11, lines, PdfColour.Soft);
        var training = TextBlock.Fitted(_fonts.Bold, $"{_sheet.Training} · Groupe {_sheet.Group}", 10, Right - left, 2);
        _pen.Several(bold: true, 10, left, 65, 12, training, PdfColour.Ink);
        _pen.Page.Rule(Margin, 88, Right, PdfColour.Ink, 0.8);
    }

    /// <returns>Where the first row begins.</returns>
    private double ColumnHeads(BlankHalfDay[] days, double width, double y)
    {
        _pen.Bold(8.5, Margin + 2, y, "Nom et prénom", PdfColour.Soft);
        const double step = 8.5;
        var heads = days.Select(day => Head(day, width - 6)).ToList();
        var tall = heads.Max(h => h.Count) * step;
        for (var i = 0; i < days.Length; i++)
        {
            var left = Margin + NameWidth + (i * width) + 3;
            _pen.Several(bold: true, 7.5, left, y - 5, step, [.. heads[i].Take(1)], PdfColour.Ink);
            _pen.Several(bold: false, 7, left, y - 5 + step, step, [.. heads[i].Skip(1)], PdfColour.Ink);
        }

        return y + tall - 8;
    }

    private IReadOnlyList<string> Head(BlankHalfDay day, double width)
    {
        var (session, zone) = (day.Session, _sheet.Organisation.Zone);
        var half = SheetComposition.HalfDayText(session.Id.HalfDay);
        var date = session.Id.Date.ToString("ddd d/MM", DocumentTexts.French);
        var hours = $"{Hour(session.Start)} – {Hour(session.End)}";
        var place = string.Join(", ", new[] { session.Site, session.Room }.Where(p => !string.IsNullOrWhiteSpace(p)));
        return
        [
            .. TextBlock.Fitted(_fonts.Bold, $"{date} {half}", 7.5, width, 1),
            .. TextBlock.Fitted(_fonts.Regular, hours, 7, width, 1),
            .. session.Module is { Length: > 0 } module ? TextBlock.Fitted(_fonts.Regular, module, 7, width, 2) : [],
            .. place.Length > 0 ? TextBlock.Fitted(_fonts.Regular, place, 7, width, 1) : [],
        ];

        string Hour(DateTimeOffset at) => DocumentTexts.Hour(TimeOnly.FromTimeSpan(zone.ToLocal(at).TimeOfDay));
    }

    private void Row(int person, BlankHalfDay[] days, double width, double y)
    {
        var line = person < _sheet.People.Count ? _sheet.People[person] : null;
        _pen.Page.Frame(Margin, y, NameWidth, RowHeight, PdfColour.Soft);
        if (line is not null)
        {
            var apart = line.Apart is { } told ? $" ({told})" : "";
            var name = TextBlock.Fitted(_fonts.Bold, $"{person + 1}. {line.LastName} {line.FirstName}{apart}", 8.5, NameWidth - 8, 2);
            _pen.Several(bold: true, 8.5, Margin + 4, y + (name.Count == 1 ? 13.5 : 9), 9.5, name, PdfColour.Ink);
        }

        for (var i = 0; i < days.Length; i++)
        {
            var left = Margin + NameWidth + (i * width);
            _pen.Page.Frame(left, y, width, RowHeight, PdfColour.Soft);
            if (line is not null && !days[i].Expected.Contains(person))
            {
                _pen.Page.Rule(left + 4, y + (RowHeight / 2), left + width - 4, PdfColour.Ink, 1.2);
            }
        }
    }

    private void Feet(BlankHalfDay[] days, double width, double y)
    {
        _pen.Page.Frame(Margin, y, NameWidth, 34, PdfColour.Soft);
        _pen.Bold(8.5, Margin + 4, y + 13, "Formateur : nom et signature", PdfColour.Ink);
        _pen.Regular(8.5, Margin + 4, y + 27, "Présents comptés", PdfColour.Ink);
        for (var i = 0; i < days.Length; i++)
        {
            var left = Margin + NameWidth + (i * width);
            _pen.Page.Frame(left, y, width, 34, PdfColour.Soft);
            var trainer = TextBlock.Fitted(_fonts.Regular, days[i].Trainer ?? "", 6.5, width - 6, 1);
            _pen.Several(bold: false, 6.5, left + 3, y + 8, 8, trainer, PdfColour.Soft);
            _pen.Regular(7.5, left + 3, y + 30, "Présents : ____", PdfColour.Ink);
        }
    }
}
