using Emargement.Domain.Sealing;
using Emargement.Domain.Sheets;
using Emargement.Functions.Sealing.Pdf;

namespace Emargement.Functions.Sheets;

/// <summary>Lays the content out in pages: heading, table, closing statements, and a foot that lets each page be checked alone.</summary>
internal sealed class SheetLayout
{
    private const double Margin = SheetPen.Margin;
    private const double Right = SheetPen.Right;
    private const double Width = Right - Margin;
    private const double Bottom = A4Landscape.Height - 26 - SheetFoot.Height;
    private const double MinimumRow = 21.5;

    private static readonly Column[] Columns =
    [
        new("N°", 26), new("Nom et prénom", 204), new("Présence", 212), new("Moyen", 96), new("Signé à", 82), new("Signature", 150),
    ];

    private readonly SheetContent _content;
    private readonly SheetFonts _fonts;
    private readonly SheetPen _pen;
    private double _y;

    private SheetLayout(SheetContent content, SheetFonts fonts)
    {
        _content = content;
        _fonts = fonts;
        _pen = new SheetPen(fonts);
    }

    public static IReadOnlyList<PdfCanvas> Draw(SheetContent content, SheetFonts fonts)
    {
        var layout = new SheetLayout(content, fonts);
        layout.FirstPage();
        layout.Table();
        layout.Closing();
        layout.Corrections();
        var qr = PdfCanvas.QrModules(content.Proof.Url.AbsoluteUri);
        var pages = layout._pen.Pages;
        for (var i = 0; i < pages.Count; i++)
        {
            SheetFoot.Draw(
                pages[i], fonts, content.Proof, $"séance {content.Session.Reference}", qr, $"page {i + 1}/{pages.Count}");
        }

        return pages;
    }

    private void FirstPage()
    {
        _pen.TurnPage();
        _y = 42;
        var session = _content.Session;
        _pen.Bold(18, Margin, _y, _content.Title, PdfColour.Ink);
        var day = $"{DocumentTexts.Day(session.Date)}, {session.HalfDay}";
        _pen.BoldRight(13, _y, char.ToUpperInvariant(day[0]) + day[1..]);
        _y += 17;
        var hours =
            $"de {DocumentTexts.Hour(session.Start)} à {DocumentTexts.Hour(session.End)}, "
                + $"{DocumentTexts.Duration(session.PlannedMinutes)} prévues";
        _pen.RegularRight(9.5, _y, hours);
        var organisation = _content.Organisation;
        _y = _pen.Paragraph(bold: true, 10.5, _y, organisation.Name, PdfColour.Ink, 520) + 1;
        _y = _pen.Paragraph(
            bold: false,
            8.5,
            _y,
            $"Déclaration d'activité {organisation.Nda} · SIRET {organisation.Siret}",
            PdfColour.Soft,
            520);
        _pen.Page.Rule(Margin, _y - 2, Right, PdfColour.Ink, 0.8);
        _y += 11;
        var training = _content.Training;
        Facts(
            ("Action de formation", training.Title, 0.46),
            ("Groupe", training.Group, 0.18),
            ("N° Région", training.RegionNumber, 0.18),
            ("Bon de commande", training.OrderNumber, 0.18));
        var place = string.Join(", ", new[] { session.Site, session.Room }.Where(part => !string.IsNullOrWhiteSpace(part)));
        Facts(
            ("Module", session.Module, 0.46),
            ("Lieu", place, 0.18),
            ("Modalité", session.Modality, 0.18),
            ("Formateur", _content.Trainer.Name, 0.18));
        TableHead();
    }

    /// <summary>A page that follows names the sheet again, so that it proves something when it is alone.</summary>
    private void NextPage(bool table)
    {
        _pen.TurnPage();
        _y = 40;
        _pen.Bold(11, Margin, _y, $"{_content.Title} (suite)", PdfColour.Ink);
        var session = _content.Session;
        _pen.RegularRight(
            9,
            _y,
            $"{DocumentTexts.Day(session.Date)}, {session.HalfDay}, de {DocumentTexts.Hour(session.Start)} à "
                + $"{DocumentTexts.Hour(session.End)}");
        _y += 13;
        _y = _pen.Paragraph(
            bold: false,
            8.5,
            _y,
            $"{_content.Organisation.Name} · {_content.Training.Title} · Groupe {_content.Training.Group} · Formateur : "
                + $"{_content.Trainer.Name}",
            PdfColour.Soft,
            Width);
        _pen.Page.Rule(Margin, _y - 3, Right, PdfColour.Ink, 0.8);
        _y += 6;
        if (table)
        {
            TableHead();
        }
    }

    private void Facts(params (string Label, string? Value, double Share)[] facts)
    {
        var left = Margin;
        var lowest = _y;
        foreach (var (label, value, share) in facts)
        {
            _pen.Regular(7.5, left, _y, label, PdfColour.Soft);
            var baseline = _y + 11.5;
            foreach (var line in TextBlock.Lines(_fonts.Regular, string.IsNullOrWhiteSpace(value) ? "–" : value, 9.5, (share * Width) - 10))
            {
                _pen.Regular(9.5, left, baseline, line, PdfColour.Ink);
                baseline += 11.5;
            }

            lowest = Math.Max(lowest, baseline);
            left += share * Width;
        }

        _y = lowest + 3;
    }

    private void TableHead()
    {
        _pen.Page.Fill(Margin, _y - 6, Width, 16, PdfColour.Ground);
        var left = Margin;
        foreach (var column in Columns)
        {
            _pen.Bold(8, left + 4, _y + 5, column.Title, PdfColour.Soft);
            left += column.Width;
        }

        _pen.Page.Rule(Margin, _y + 10, Right, PdfColour.Soft);
        _y += 10;
    }

    private void Table()
    {
        for (var i = 0; i < _content.Lines.Count; i++)
        {
            var line = _content.Lines[i];
            var name = TextBlock.Lines(_fonts.Bold, line.Name, 9.5, Columns[1].Width - 8);
            var presence = TextBlock.Lines(_fonts.Regular, SheetTexts.Presence(line), 8.5, Columns[2].Width - 8);
            var method = TextBlock.Lines(_fonts.Regular, MethodOf(line), 8.5, Columns[3].Width - 8);
            var signature = line.Signature is { Drawing: null } written ? Typed(written, Columns[5].Width - 8) : [];
            var tallest = Math.Max(name.Count * 11.5, Math.Max(presence.Count, method.Count) * 10.5);
            var tall = Math.Max(MinimumRow, Math.Max(signature.Count * 10, tallest) + 8);
            if (_y + tall > Bottom)
            {
                NextPage(table: true);
            }

            Row(i + 1, line, name, presence, method, tall);
        }
    }

    private void Row(
        int number,
        SheetLine line,
        IReadOnlyList<string> name,
        IReadOnlyList<string> presence,
        IReadOnlyList<string> method,
        double tall)
    {
        // A row of one line puts its text on the baseline where the signature stands.
        var baseline = _y + 14.5;
        var left = Margin + 4;
        _pen.Regular(8.5, left, baseline, number.ToString(System.Globalization.CultureInfo.InvariantCulture), PdfColour.Soft);
        left += Columns[0].Width;
        _pen.Several(bold: true, 9.5, left, baseline, 11.5, name, PdfColour.Ink);
        left += Columns[1].Width;
        _pen.Several(bold: false, 8.5, left, baseline, 10.5, presence, ColourOf(line));
        left += Columns[2].Width;
        _pen.Several(bold: false, 8.5, left, baseline, 10.5, method, PdfColour.Ink);
        if (line.Signature is { } signature)
        {
            _pen.Regular(8.5, left + Columns[3].Width, baseline, DocumentTexts.Second(signature.SignedAt), PdfColour.Ink);
        }

        Signature(line.Signature, left + Columns[3].Width + Columns[4].Width, _y + 2, Columns[5].Width - 8, tall - 5);
        _y += tall;
        _pen.Page.Rule(Margin, _y, Right, PdfColour.Rule);
    }

    private static string MethodOf(SheetLine line) => line.Signature?.Method ?? (line.OnPaper ? "Feuille papier" : "");

    private static PdfColour ColourOf(SheetLine line) => line switch
    {
        { Presence: not SheetPresence.Present } => PdfColour.Alert,
        { LateMinutes: > 0 } or { LeftEarlyMinutes: > 0 } => PdfColour.Late,
        _ => PdfColour.Ink,
    };

    private void Signature(SheetSignature? signature, double left, double top, double width, double tall)
    {
        if (signature is null)
        {
            return;
        }

        if (signature.Drawing is { } drawing)
        {
            _pen.Page.Drawing(drawing, left, top, width, tall);
            return;
        }

        var lines = Typed(signature, width, Math.Max(1, (int)(tall / 10)));
        _pen.Several(bold: false, 8.5, left, top + 12.5, 10, lines, PdfColour.Pen);
    }

    private IReadOnlyList<string> Typed(SheetSignature signature, double width, int most = int.MaxValue) =>
        TextBlock.Fitted(
            _fonts.Regular, signature.TypedName is { } name ? $"« {name} »" : "Signature par code, sans dessin", 8.5, width, most);

    private void Closing()
    {
        const double box = 300;
        string[] text =
        [
            .. TextBlock.Lines(_fonts.Regular, SheetTexts.Count(_content.Lines), 9.5, Width - box - 24),
            .. TextBlock.Lines(_fonts.Regular, SheetTexts.HeadCount(_content.HeadCount), 9.5, Width - box - 24),
            .. _content.Paper is { } paper ? TextBlock.Lines(_fonts.Regular, paper, 9.5, Width - box - 24) : [],
            .. _content.Trainer.Countersigned is { } second ? TextBlock.Lines(_fonts.Regular, second, 9.5, Width - box - 24) : [],
        ];
        var tall = Math.Max(56, (13 * text.Length) + 16);
        if (_y + 18 + tall > Bottom)
        {
            NextPage(table: false);
        }

        _y += 18;
        _pen.Several(bold: false, 9.5, Margin, _y, 13, text, PdfColour.Ink);
        _pen.Several(
            bold: false, 8.5, Margin, _y + (13 * text.Length) + 3, 11, [
                $"Les heures sont celles du lieu ({_content.Session.TimeZone}).",
            ], PdfColour.Soft);

        var left = Right - box;
        _pen.Page.Frame(left, _y - 10, box, 52, PdfColour.Rule);
        var title = _content.Paper is not null ? "Saisie"
            : _content.Trainer.SignedBy is null ? "Signature du formateur" : "Clôture et signature";
        _pen.Regular(7.5, left + 8, _y, title, PdfColour.Soft);
        var name = TextBlock.Fitted(_fonts.Bold, _content.Trainer.SignedBy ?? _content.Trainer.Name, 9.5, 130, most: 2);
        _pen.Several(bold: true, 9.5, left + 8, _y + 13, 10.5, name, PdfColour.Ink);
        var signature = _content.Trainer.Signature;
        var (signed, missing) = signature is not null ? ("le " + DocumentTexts.DayAndHour(signature.SignedAt), false)
            : _content.Trainer.SignedOnPaper ? ("Le formateur a signé la feuille papier.", false)
            : _content.Paper is not null ? ("Le formateur n'a pas signé la feuille papier.", true)
            : ("N'a pas signé.", true);
        _pen.Regular(8.5, left + 8, _y + 36, signed, missing ? PdfColour.Alert : PdfColour.Ink);
        Signature(signature, left + 146, _y - 6, box - 154, 42);
        _y += tall;
    }

    private void Corrections()
    {
        for (var i = 0; i < _content.Corrections.Count; i++)
        {
            var correction = _content.Corrections[i];
            var text =
                $"{DocumentTexts.DayAndHour(correction.At)}, par {correction.Author} – {correction.Learner} : {correction.Change} Motif "
                    + $": {correction.Reason}";
            var lines = TextBlock.Lines(_fonts.Regular, text, 8.5, Width);
            if (_y + (11 * lines.Count) + (i == 0 ? 16 : 0) > Bottom)
            {
                NextPage(table: false);
                _y += 6;
            }

            if (i == 0)
            {
                _pen.Bold(9.5, Margin, _y + 2, "Corrections après la clôture", PdfColour.Ink);
                _y += 16;
            }

            _pen.Several(bold: false, 8.5, Margin, _y, 11, lines, PdfColour.Ink);
            _y += (11 * lines.Count) + 3;
        }
    }

    private readonly record struct Column(string Title, double Width);
}
