using Emargement.Domain.Placements;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sheets;
using Emargement.Functions.Sealing.Pdf;

namespace Emargement.Functions.Placements.Documents;

/// <summary>Draws the document of a period as a PDF: A4 landscape, the typeface of the sheets, each page with its foot. The same content
/// gives the same bytes.</summary>
internal sealed class PlacementPdf
{
    private const double Margin = 36;
    private const double Right = A4Landscape.Width - Margin;
    private const double Width = Right - Margin;
    private const double Bottom = A4Landscape.Height - 26 - SheetFoot.Height;

    private static readonly (string Title, double Width)[] Columns =
    [
        ("Jour", 150), ("Horaires", 170), ("Déclaré", 70), ("Validé", 70), ("Observations", Width - 460),
    ];

    private readonly PlacementDocumentContent _content;
    private readonly SheetFonts _fonts;
    private readonly List<PdfCanvas> _pages = [];
    private double _y;

    private PlacementPdf(PlacementDocumentContent content, SheetFonts fonts) => (_content, _fonts) = (content, fonts);

    private PdfCanvas Page => _pages[^1];

    /// <returns>The file, not sealed yet.</returns>
    public static byte[] Write(PlacementDocumentContent content)
    {
        var title = $"Heures en entreprise – {content.Learner} – {content.Company}";
        return SheetFile.Write(
            title,
            content.Organisation.Name,
            content.WrittenAt,
            fonts =>
            {
                var document = new PlacementPdf(content, fonts);
                document.Draw();
                return document._pages;
            });
    }

    private void Draw()
    {
        FirstPage();
        foreach (var week in _content.Weeks)
        {
            Week(week);
        }

        Closing();
        Feet();
    }

    private void Feet()
    {
        var qr = _content.Proof is { } sealedBy ? PdfCanvas.QrModules(sealedBy.Url.AbsoluteUri) : null;
        for (var i = 0; i < _pages.Count; i++)
        {
            var number = $"page {i + 1}/{_pages.Count}";
            if (_content.Proof is { } proof)
            {
                SheetFoot.Draw(
                    _pages[i], _fonts, proof, $"heures en entreprise du {Short(_content.First)} au {Short(_content.Last)}", qr!, number);
            }
            else
            {
                SheetFoot.DrawDraft(
                    _pages[i],
                    _fonts,
                    $"Projet écrit le {DocumentTexts.DayAndHour(_content.WrittenAt)} : "
                        + "ces heures ne sont pas encore validées, et ce document n'est pas scellé.",
                    "Le document scellé, avec son code de vérification, suit la validation.",
                    number);
            }
        }
    }

    private void FirstPage()
    {
        _pages.Add(new PdfCanvas(A4Landscape.Height));
        _y = 42;
        Text(true, 18, Margin, _y, "Heures en entreprise");
        TextRight(13, _y, $"du {DocumentTexts.Day(_content.First)} au {DocumentTexts.Day(_content.Last)}");
        _y += 17;
        var organisation = _content.Organisation;
        Block(true, 10.5, Margin, 520, organisation.Name, PdfColour.Ink);
        Block(false, 8.5, Margin, 520, $"Déclaration d'activité {organisation.Nda} · SIRET {organisation.Siret}", PdfColour.Soft);
        Page.Rule(Margin, _y - 2, Right, PdfColour.Ink, 0.8);
        _y += 12;
        Block(true, 11, Margin, Width, $"{_content.Learner}, chez {_content.Company}", PdfColour.Ink);
        var numbers = string.Concat(
            _content.RegionNumber is { } region ? $" · n° Région {region}" : "",
            _content.OrderNumber is { } order ? $" · bon de commande {order}" : "");
        Block(false, 9.5, Margin, Width, $"{_content.Training} · groupe {_content.Group}{numbers}", PdfColour.Ink);
        _y += 6;
    }

    private void NextPage()
    {
        _pages.Add(new PdfCanvas(A4Landscape.Height));
        _y = 40;
        Text(true, 11, Margin, _y, "Heures en entreprise (suite)");
        TextRight(9, _y, $"{_content.Learner}, chez {_content.Company}, du {Short(_content.First)} au {Short(_content.Last)}");
        _y += 8;
        Page.Rule(Margin, _y, Right, PdfColour.Ink, 0.8);
        _y += 14;
    }

    private void Week(DocumentWeek week)
    {
        Room(96);
        Text(true, 9.5, Margin, _y + 4, week.Title);
        var declared = week.Days.Sum(d => d.DeclaredMinutes ?? 0);
        var validated = week.Days.Sum(d => d.ValidatedMinutes ?? 0);
        TextRight(9, _y + 4, Totals(declared, validated));
        _y += 12;
        Page.Fill(Margin, _y, Width, 14, PdfColour.Ground);
        Row(true, 8, _y + 10, PdfColour.Soft, [.. Columns.Select(c => c.Title)]);
        _y += 14;
        foreach (var day in week.Days)
        {
            var note = TextBlock.Lines(_fonts.Regular, day.Note, 8.5, Columns[4].Width - 8);
            var tall = Math.Max(16, (note.Count * 10.5) + 6);
            Room(tall);
            Row(
                false,
                9,
                _y + 11.5,
                PdfColour.Ink,
                [DocumentTexts.Day(day.Date), day.Hours, Hours(day.DeclaredMinutes), Hours(day.ValidatedMinutes)]);
            var baseline = _y + 11.5;
            foreach (var line in note)
            {
                Text(false, 8.5, Margin + 4 + Columns.Take(4).Sum(c => c.Width), baseline, line, PdfColour.Late);
                baseline += 10.5;
            }

            _y += tall;
            Page.Rule(Margin, _y, Right, PdfColour.Rule);
        }

        if (week.Signature is { } signature)
        {
            Room(40);
            Text(
                false,
                8.5,
                Margin + 4,
                _y + 14,
                $"Signature du stagiaire, le {DocumentTexts.DayAndHour(signature.SignedAt)}",
                PdfColour.Soft);
            if (week.HandedBy is { } handedBy)
            {
                Text(
                    false,
                    8.5,
                    Margin + 4,
                    _y + 26,
                    OneLine(false, 8.5, $"saisi avec {handedBy} sur l'appareil de {_content.Organisation.Name}", Width - 190),
                    PdfColour.Soft);
            }

            Signature(signature, Right - 170, _y + 2, 160, 30);
            _y += 38;
        }

        _y += 8;
    }

    private void Closing()
    {
        Room(40);
        Text(true, 11, Margin, _y + 10, $"Total : {Totals(_content.DeclaredMinutes, _content.ValidatedMinutes)}.");
        Text(false, 8.5, Margin, _y + 23, $"Les heures sont celles du lieu ({_content.TimeZone}).", PdfColour.Soft);
        _y += 34;
        foreach (var validation in _content.Validations)
        {
            var what = TextBlock.Lines(_fonts.Regular, validation.What, 8.5, Width - 200);
            var tall = Math.Max(50, 30 + (what.Count * 11));
            Room(tall + 6);
            Page.Frame(Margin, _y, Width, tall, PdfColour.Rule);
            Text(true, 9.5, Margin + 8, _y + 14, OneLine(true, 9.5, validation.Name, Width - 200));
            var baseline = _y + 26;
            foreach (var line in what)
            {
                Text(false, 8.5, Margin + 8, baseline, line);
                baseline += 11;
            }

            if (validation.Signature is { } signature)
            {
                Text(false, 8.5, Margin + 8, baseline, $"Signé le {DocumentTexts.DayAndHour(signature.SignedAt)}", PdfColour.Soft);
                Signature(signature, Right - 170, _y + 4, 160, tall - 8);
            }

            _y += tall + 6;
        }

        foreach (var tutor in _content.Awaited)
        {
            Room(66);
            Page.Frame(Margin, _y, Width, 60, PdfColour.Rule);
            Text(true, 9.5, Margin + 8, _y + 14, OneLine(true, 9.5, tutor, Width - 16));
            Text(
                false,
                8.5,
                Margin + 8,
                _y + 28,
                "Le tuteur valide les heures ci-dessus. Date, signature et cachet de l'entreprise :",
                PdfColour.Soft);
            _y += 66;
        }
    }

    private void Signature(SheetSignature signature, double left, double top, double width, double tall)
    {
        if (signature.Drawing is { } drawing)
        {
            Page.Drawing(drawing, left, top, width, tall);
        }
        else
        {
            var baseline = top + 14;
            foreach (var line in TextBlock.Fitted(_fonts.Regular, $"« {signature.TypedName} »", 9, width, most: 2))
            {
                Text(false, 9, left, baseline, line, PdfColour.Pen);
                baseline += 11;
            }
        }
    }

    private void Room(double tall)
    {
        if (_y + tall > Bottom)
        {
            NextPage();
        }
    }

    private void Row(bool bold, double size, double baseline, PdfColour colour, params string[] cells)
    {
        var left = Margin + 4;
        for (var i = 0; i < cells.Length; i++)
        {
            Text(bold, size, left, baseline, cells[i], colour);
            left += Columns[i].Width;
        }
    }

    private void Block(bool bold, double size, double left, double width, string text, PdfColour colour)
    {
        foreach (var line in TextBlock.Lines(bold ? _fonts.Bold : _fonts.Regular, text, size, width))
        {
            Text(bold, size, left, _y, line, colour);
            _y += size + 2.5;
        }
    }

    private void Text(bool bold, double size, double left, double baseline, string text, PdfColour? colour = null)
    {
        var font = bold ? _fonts.Bold : _fonts.Regular;
        Page.Text(
            font, bold ? SheetFonts.BoldName : SheetFonts.RegularName, size, left, baseline, font.Drawable(text), colour ?? PdfColour.Ink);
    }

    private void TextRight(double size, double baseline, string text)
    {
        var drawable = OneLine(false, size, text, Width - 220);
        Page.Text(
            _fonts.Regular, SheetFonts.RegularName, size, Right - _fonts.Regular.Width(drawable, size), baseline, drawable, PdfColour.Ink);
    }

    private string OneLine(bool bold, double size, string text, double width) =>
        TextBlock.Fitted(bold ? _fonts.Bold : _fonts.Regular, text, size, width, most: 1) is [var line] ? line : "";

    private static string Hours(int? minutes) => minutes is { } known ? DocumentTexts.Duration(known) : "–";

    private static string Totals(int declared, int validated) =>
        $"{DocumentTexts.Duration(declared)} déclarées, {DocumentTexts.Duration(validated)} validées";

    private static string Short(DateOnly day) => day.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
