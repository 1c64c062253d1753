using Emargement.Domain.Sealing;
using Emargement.Domain.Statements;
using Emargement.Functions.Sealing.Pdf;
using Emargement.Functions.Sheets;

namespace Emargement.Functions.Statements.Issuing;

/// <summary>Draws statements: A4 landscape, the typeface of the sheets, each page with its foot. The same content gives the same
/// bytes.</summary>
internal sealed class StatementPdf
{
    private const double Margin = SheetPen.Margin;
    private const double Right = SheetPen.Right;
    private const double Width = Right - Margin;
    private const double Bottom = A4Landscape.Height - 30 - SheetFoot.Height;
    private const double Line = 16;

    private static readonly (string Title, double Width)[] OfHalfDays =
    [
        ("Demi-journée", 84), ("Horaires", 88), ("Module, modalité", 126), ("Formateur", 92), ("Présence", 106), ("Prévu", 40),
        ("Fait", 40), ("Signature", 102), ("Feuille scellée", 92),
    ];

    private static readonly (string Title, double Width)[] OfWeeks =
    [
        ("Semaine", 92), ("Entreprise", 196), ("Tuteur", 136), ("Déclaré", 70), ("Validé", 70), ("État", 112), ("Document", 94),
    ];

    private readonly StatementContent _content;
    private readonly SheetFonts _fonts;
    private readonly SheetPen _pen;
    private double _y;

    private StatementPdf(StatementContent content, SheetFonts fonts) => (_content, _fonts, _pen) = (content, fonts, new SheetPen(fonts));

    /// <returns>The file, not sealed yet.</returns>
    public static byte[] Write(StatementContent content) => SheetFile.Write(
        $"{content.Kind.TitleOf()} – {content.Learner}",
        content.Organisation.Name,
        content.WrittenAt,
        fonts =>
        {
            var statement = new StatementPdf(content, fonts);
            statement.Draw();
            return statement._pen.Pages;
        });

    private void Draw()
    {
        FirstPage();
        if (_content.Kind == StatementKind.CompletionCertificate)
        {
            Certificate();
        }
        else
        {
            Subject();
            Figures();
            _content.Months.ToList().ForEach(Month);
            Origin();
        }

        Feet();
    }

    private string Span => $"du {DocumentTexts.Day(_content.Span.First)} au {DocumentTexts.Day(_content.Span.Last)}";

    private void FirstPage()
    {
        Turn();
        _y = 42;
        _pen.Bold(18, Margin, _y, _content.Kind.TitleOf(), PdfColour.Ink);
        _pen.RegularRight(10, _y, Span);
        _y += 17;
        var organisation = _content.Organisation;
        _y = _pen.Paragraph(bold: true, 10.5, _y, organisation.Name, PdfColour.Ink, 520) + 1;
        _y = _pen.Paragraph(
            bold: false, 8.5, _y, $"Déclaration d'activité {organisation.Nda} · SIRET {organisation.Siret}", PdfColour.Soft, 520);
        _pen.Page.Rule(Margin, _y - 2, Right, PdfColour.Ink, 0.8);
        _y += 16;
    }

    private void NextPage()
    {
        Turn();
        _y = 40;
        _pen.Bold(11, Margin, _y, $"{_content.Kind.TitleOf()} (suite)", PdfColour.Ink);
        _pen.RegularRight(9, _y, $"{_content.Learner}, {Span}");
        _y += 8;
        _pen.Page.Rule(Margin, _y, Right, PdfColour.Ink, 0.8);
        _y += 14;
    }

    // What is not sealed is never taken for what is: the word lies under the text of each page.
    private void Turn()
    {
        _pen.TurnPage();
        if (_content.Proof is null)
        {
            _pen.Bold(96, Margin + 70, 330, "PROVISOIRE", PdfColour.Rule);
        }
    }

    private void Room(double tall)
    {
        if (_y + tall > Bottom)
        {
            NextPage();
        }
    }

    // The ministry's model, mention by mention, in its order.
    private void Certificate()
    {
        var signs = _content.Signatory;
        _y += 6;
        Say($"Je soussigné(e) {signs?.Name ?? "…"}, {signs?.Capacity ?? "…"}, représentant légal ou mandaté du dispensateur "
            + $"{_content.Organisation.Name}, atteste que :");
        Stress(20, 10, _content.Learner);
        Say("a suivi l'action de formation :");
        Stress(15, 6, _content.Training);
        Natures();
        Say($"qui s'est déroulée {Span}, pour une durée de :");
        Stress(18, 8, $"{DocumentTexts.Duration(_content.Figures.Taught)} en centre et à distance");
        if (_content.Figures.Done.Company > 0)
        {
            Stress(13, 0, $"et {DocumentTexts.Duration(_content.Figures.Done.Company)} en entreprise, validées par le tuteur");
        }

        Pending();
        _y += 2;
        Small("Sans préjudice des délais imposés par les règles fiscales, comptables ou commerciales, je m'engage à conserver l'ensemble "
            + "des pièces justificatives qui ont permis d'établir le présent certificat pendant une durée de 3 ans à compter de la fin de "
            + "l'année du dernier paiement. En cas de cofinancement des fonds européens, la durée de conservation est étendue "
            + "conformément aux obligations conventionnelles spécifiques.");
        SignedBy(signs);
        Small("Lorsque l'action est mise en œuvre dans le cadre d'un projet de transition professionnelle, le certificat de réalisation "
            + "est transmis mensuellement. À distance, la durée tient compte de la réalisation des activités pédagogiques et du temps "
            + "estimé pour les réaliser.");
        Origin();
    }

    private void Stress(double size, double before, string text) =>
        _y = _pen.Paragraph(bold: true, size, _y + before, text, PdfColour.Ink, Width) + 4;

    private void Natures()
    {
        var left = Margin;
        foreach (var (nature, chosen) in new[]
        {
            ("action de formation", true), ("bilan de compétences", false), ("action de VAE", false),
            ("formation par apprentissage", false),
        })
        {
            _pen.Page.Frame(left, _y - 8, 9, 9, PdfColour.Ink);
            if (chosen)
            {
                _pen.Bold(9, left + 1.6, _y - 0.4, "X", PdfColour.Ink);
            }

            _pen.Regular(11, left + 14, _y, nature, PdfColour.Ink);
            left += 34 + _fonts.Regular.Width(nature, 11);
        }

        _y += Line + 4;
    }

    private void SignedBy(Signatory? signs)
    {
        _y += 4;
        _pen.Regular(
            10, Margin, _y + 8, $"Fait à {signs?.Place ?? "…"}, le {DocumentTexts.Day(DateOnly.FromDateTime(_content.WrittenAt.DateTime))}",
            PdfColour.Ink);
        _pen.Regular(8, Margin + 400, _y, "Cachet et signature du responsable du dispensateur de formation", PdfColour.Soft);
        _pen.Bold(10, Margin + 400, _y + 13, $"{signs?.Name}, {signs?.Capacity}".Trim(',', ' '), PdfColour.Ink);
        _pen.Page.Frame(Margin + 400, _y + 18, 260, 52, PdfColour.Rule);
        if (signs?.Drawing is { } drawing)
        {
            _pen.Page.Drawing(drawing, Margin + 408, _y + 21, 244, 44);
        }
        else if (signs?.TypedName is { } typed)
        {
            _pen.Regular(11, Margin + 412, _y + 46, $"« {typed} »", PdfColour.Pen);
        }

        _y += 84;
    }

    private void Subject()
    {
        _y = _pen.Paragraph(bold: true, 13, _y, _content.Learner, PdfColour.Ink, Width);
        var number = _content.RegionNumber is { } region ? $" · n° Région {region}" : "";
        _y = _pen.Paragraph(bold: false, 10, _y + 1, _content.Training + number, PdfColour.Ink, Width) + 6;
    }

    private void Figures()
    {
        var f = _content.Figures;
        Table(
            [("", 250), ("En centre", 100), ("À distance", 100), ("En entreprise", 100), ("Total", 100)],
            [
                ["Durée prévue", .. ByPlace(f.Planned)],
                ["Durée réalisée", .. ByPlace(f.Done)],
            ]);
        _y += 4;
        Table(
            [("Absences justifiées", 130), ("Absences non justifiées", 130), ("Retards", 130), ("Départs anticipés", 130),
                ("Demi-journées signées", 130), ("Assiduité", 120)],
            [[Hours(f.Justified), Hours(f.Unjustified), Hours(f.Late), Hours(f.LeftEarly), $"{f.Signed} sur {f.HalfDays}",
                f.Rate is { } rate ? StatementWords.Rate(rate) : "–"]]);
        _y += 2;
        Small("L'assiduité est la part des heures dues en centre et à distance qui ont été suivies. En entreprise, seules comptent les "
            + "heures que le tuteur a validées.");
        Pending();
        _y += 6;
    }

    private void Month(StatementMonth month)
    {
        Room(70);
        _pen.Bold(11, Margin, _y, char.ToUpperInvariant(month.Title[0]) + month.Title[1..], PdfColour.Ink);
        _pen.RegularRight(
            9, _y,
            $"réalisé {DocumentTexts.Duration(month.Figures.Taught)} en centre et à distance, "
                + $"{DocumentTexts.Duration(month.Figures.Done.Company)} en entreprise");
        _y += 12;
        if (month.HalfDays.Count > 0)
        {
            Table(OfHalfDays, [.. month.HalfDays.Select(h => new[]
            {
                h.Day, h.Hours, h.What, h.Trainer, h.Status, Hours(h.Planned), Hours(h.Done), $"{h.Method} {h.SignedAt}".Trim(), h.Sheet,
            })]);
        }

        if (month.Weeks.Count > 0)
        {
            Table(OfWeeks, [.. month.Weeks.Select(w => new[]
            {
                w.Week, w.Company, w.Tutor, Hours(w.Declared), Hours(w.Validated), w.Status, w.Document,
            })]);
        }

        _y += 8;
    }

    private void Table((string Title, double Width)[] columns, IReadOnlyList<string[]> rows)
    {
        Head(columns);
        foreach (var row in rows)
        {
            var cells = row.Select((text, i) => TextBlock.Lines(_fonts.Regular, text, 8, columns[i].Width - 6)).ToList();
            var tall = (cells.Max(c => Math.Max(1, c.Count)) * 10) + 5;
            if (_y + tall > Bottom)
            {
                NextPage();
                Head(columns);
            }

            var left = Margin;
            for (var i = 0; i < columns.Length; i++)
            {
                _pen.Several(bold: false, 8, left + 3, _y + 10, 10, cells[i], PdfColour.Ink);
                left += columns[i].Width;
            }

            _y += tall;
            _pen.Page.Rule(Margin, _y, Right, PdfColour.Rule);
        }

        _y += 6;
    }

    private void Head((string Title, double Width)[] columns)
    {
        Room(40);
        _pen.Page.Fill(Margin, _y, Width, 14, PdfColour.Ground);
        var left = Margin;
        foreach (var (title, width) in columns)
        {
            _pen.Bold(8, left + 3, _y + 10, title, PdfColour.Soft);
            left += width;
        }

        _y += 14;
    }

    private void Pending()
    {
        if (_content.WeeksPending > 0)
        {
            var weeks = _content.WeeksPending == 1 ? "1 semaine en entreprise non validée n'est pas comptée."
                : $"{_content.WeeksPending} semaines en entreprise non validées ne sont pas comptées.";
            _y = _pen.Paragraph(bold: false, 9, _y, weeks, PdfColour.Late, Width) + 2;
        }
    }

    private void Origin()
    {
        Room(24);
        var sheets = _content.Sheets == 1 ? "1 feuille scellée" : $"{_content.Sheets} feuilles scellées";
        var list = _content.Proof is { } proof ? $", dont la liste est vérifiable à l'adresse {proof.Url.AbsoluteUri}" : "";
        Small($"Établi à partir de {sheets}{list}.");
    }

    private void Say(string text) => _y = _pen.Paragraph(bold: false, 12, _y, text, PdfColour.Ink, Width) + 3;

    private void Small(string text) => _y = _pen.Paragraph(bold: false, 7.5, _y, text, PdfColour.Soft, Width) + 2;

    private static string Hours(int minutes) => minutes == 0 ? "–" : DocumentTexts.Duration(minutes);

    private static string[] ByPlace(Domain.Region.MinutesByPlace minutes) =>
    [
        Hours(minutes.Centre), Hours(minutes.Distance), Hours(minutes.Company), Hours(minutes.Centre + minutes.Distance + minutes.Company),
    ];

    private void Feet()
    {
        var qr = _content.Proof is { } sealedBy ? PdfCanvas.QrModules(sealedBy.Url.AbsoluteUri) : null;
        var pages = _pen.Pages;
        for (var i = 0; i < pages.Count; i++)
        {
            var number = $"page {i + 1}/{pages.Count}";
            if (_content.Proof is { } proof)
            {
                SheetFoot.Draw(pages[i], _fonts, proof, _content.Kind.TitleOf().ToLower(DocumentTexts.French), qr!, number);
            }
            else
            {
                SheetFoot.DrawDraft(
                    pages[i],
                    _fonts,
                    $"Projet écrit le {DocumentTexts.DayAndHour(_content.WrittenAt)} : ces chiffres peuvent encore changer, et ce document "
                        + "n'est pas scellé.",
                    "Le document scellé porte un code de vérification.",
                    number);
            }
        }
    }
}
