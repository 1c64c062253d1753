using Emargement.Domain.Sealing;
using Emargement.Domain.Statements;
using Emargement.Functions.Sealing.Pdf;
using Emargement.Functions.Sheets;

namespace Emargement.Functions.Statements.Issuing;

/// <summary>Draws statements: A4 landscape, the typeface of the sheets, each page with its foot. The same content gives the same
/// bytes.</summary>
internal sealed class StatementPdf
{
    private const double Left = StatementPaper.Left;
    private const double Width = StatementPaper.Width;
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
    private readonly StatementPaper _paper;

    private StatementPdf(StatementContent content, SheetFonts fonts) => (_content, _paper) = (content, new StatementPaper(content, fonts));

    private SheetPen Pen => _paper.Pen;

    /// <returns>The file, not sealed yet.</returns>
    public static byte[] Write(StatementContent content) => SheetFile.Write(
        $"{content.Kind.TitleOf()} – {content.Learner}",
        content.Organisation.Name,
        content.WrittenAt,
        fonts =>
        {
            var statement = new StatementPdf(content, fonts);
            statement.Draw();
            return statement.Pen.Pages;
        });

    private void Draw()
    {
        _paper.FirstPage();
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

        _paper.Feet();
    }

    // The ministry's model, mention by mention, in its order.
    private void Certificate()
    {
        var signs = _content.Signatory;
        _paper.Y += 6;
        _paper.Say($"Je soussigné(e) {signs?.Name ?? "…"}, {signs?.Capacity ?? "…"}, représentant légal ou mandaté du dispensateur "
            + $"{_content.Organisation.Name}, atteste que :");
        _paper.Stress(20, 10, _content.Learner);
        _paper.Say("a suivi l'action de formation :");
        _paper.Stress(15, 6, _content.Training);
        Natures();
        _paper.Say($"qui s'est déroulée {_paper.Span}, pour une durée de :");
        _paper.Stress(18, 8, $"{DocumentTexts.Duration(_content.Figures.Taught)} en centre et à distance");
        if (_content.Figures.Done.Company > 0)
        {
            _paper.Stress(13, 0, $"et {DocumentTexts.Duration(_content.Figures.Done.Company)} en entreprise, validées par le tuteur");
        }

        Pending();
        _paper.Y += 2;
        _paper.Small(
            "Sans préjudice des délais imposés par les règles fiscales, comptables ou commerciales, je m'engage à "
                + "conserver l'ensemble des pièces justificatives qui ont permis d'établir le présent certificat pendant une "
                + "durée de 3 ans à compter de la fin de l'année du dernier paiement. En cas de cofinancement des fonds "
                + "européens, la durée de conservation est étendue conformément aux obligations conventionnelles spécifiques.");
        SignedBy(signs);
        _paper.Small(
            "Lorsque l'action est mise en œuvre dans le cadre d'un projet de transition professionnelle, le certificat "
                + "de réalisation est transmis mensuellement. À distance, la durée tient compte de la réalisation des "
                + "activités pédagogiques et du temps estimé pour les réaliser.");
        Origin();
    }

    private void Natures()
    {
        var left = Left;
        foreach (var (nature, chosen) in new[]
        {
            ("action de formation", true), ("bilan de compétences", false), ("action de VAE", false),
            ("formation par apprentissage", false),
        })
        {
            Pen.Page.Frame(left, _paper.Y - 8, 9, 9, PdfColour.Ink);
            if (chosen)
            {
                Pen.Bold(9, left + 1.6, _paper.Y - 0.4, "X", PdfColour.Ink);
            }

            Pen.Regular(11, left + 14, _paper.Y, nature, PdfColour.Ink);
            left += 34 + _paper.Fonts.Regular.Width(nature, 11);
        }

        _paper.Y += Line + 4;
    }

    private void SignedBy(Signatory? signs)
    {
        var day = DateOnly.FromDateTime(_content.WrittenAt.DateTime);
        _paper.Y += 4;
        Pen.Regular(
            10, Left, _paper.Y + 8, $"Fait à {signs?.Place ?? "…"}, le {DocumentTexts.Day(day)}", PdfColour.Ink);
        Pen.Regular(8, Left + 400, _paper.Y, "Cachet et signature du responsable du dispensateur de formation", PdfColour.Soft);
        Pen.Bold(10, Left + 400, _paper.Y + 13, $"{signs?.Name}, {signs?.Capacity}".Trim(',', ' '), PdfColour.Ink);
        Pen.Page.Frame(Left + 400, _paper.Y + 18, 260, 52, PdfColour.Rule);
        if (signs?.Drawing is { } drawing)
        {
            Pen.Page.Drawing(drawing, Left + 408, _paper.Y + 21, 244, 44);
        }
        else if (signs?.TypedName is { } typed)
        {
            Pen.Regular(11, Left + 412, _paper.Y + 46, $"« {typed} »", PdfColour.Pen);
        }

        _paper.Y += 84;
    }

    private void Subject()
    {
        _paper.Y = Pen.Paragraph(bold: true, 13, _paper.Y, _content.Learner, PdfColour.Ink, Width);
        var number = _content.RegionNumber is { } region ? $" · n° Région {region}" : "";
        _paper.Y = Pen.Paragraph(bold: false, 10, _paper.Y + 1, _content.Training + number, PdfColour.Ink, Width) + 6;
    }

    private void Figures()
    {
        var f = _content.Figures;
        _paper.Table(
            [("", 250), ("En centre", 100), ("À distance", 100), ("En entreprise", 100), ("Total", 100)],
            [
                ["Durée prévue", .. ByPlace(f.Planned)],
                ["Durée réalisée", .. ByPlace(f.Done)],
            ]);
        _paper.Y += 4;
        _paper.Table(
            [("Absences justifiées", 130), ("Absences non justifiées", 130), ("Retards", 130), ("Départs anticipés", 130),
                ("Demi-journées signées", 130), ("Assiduité", 120)],
            [[Hours(f.Justified), Hours(f.Unjustified), Hours(f.Late), Hours(f.LeftEarly), $"{f.Signed} sur {f.HalfDays}",
                f.Rate is { } rate ? StatementWords.Rate(rate) : "–"]]);
        _paper.Y += 2;
        _paper.Small("L'assiduité est la part des heures dues en centre et à distance qui ont été suivies. En entreprise, seules "
            + "comptent les heures que le tuteur a validées.");
        Pending();
        _paper.Y += 6;
    }

    private void Month(StatementMonth month)
    {
        _paper.Room(70);
        Pen.Bold(11, Left, _paper.Y, char.ToUpperInvariant(month.Title[0]) + month.Title[1..], PdfColour.Ink);
        Pen.RegularRight(
            9, _paper.Y,
            $"réalisé {DocumentTexts.Duration(month.Figures.Taught)} en centre et à distance, "
                + $"{DocumentTexts.Duration(month.Figures.Done.Company)} en entreprise");
        _paper.Y += 12;
        if (month.HalfDays.Count > 0)
        {
            _paper.Table(OfHalfDays, [.. month.HalfDays.Select(h => new[]
            {
                h.Day, h.Hours, h.What, h.Trainer, h.Status, Hours(h.Planned), Hours(h.Done), $"{h.Method} {h.SignedAt}".Trim(), h.Sheet,
            })]);
        }

        if (month.Weeks.Count > 0)
        {
            _paper.Table(OfWeeks, [.. month.Weeks.Select(w => new[]
            {
                w.Week, w.Company, w.Tutor, Hours(w.Declared), Hours(w.Validated), w.Status, w.Document,
            })]);
        }

        _paper.Y += 8;
    }

    private void Pending()
    {
        if (_content.WeeksPending > 0)
        {
            var weeks = _content.WeeksPending == 1 ? "1 semaine en entreprise non validée n'est pas comptée."
                : $"{_content.WeeksPending} semaines en entreprise non validées ne sont pas comptées.";
            _paper.Y = Pen.Paragraph(bold: false, 9, _paper.Y, weeks, PdfColour.Late, Width) + 2;
        }
    }

    private void Origin()
    {
        _paper.Room(24);
        var sheets = _content.Sheets == 1 ? "1 feuille scellée" : $"{_content.Sheets} feuilles scellées";
        var list = _content.Proof is { } proof ? $", dont la liste est vérifiable à l'adresse {proof.Url.AbsoluteUri}" : "";
        _paper.Small($"Établi à partir de {sheets}{list}.");
    }

    private static string Hours(int minutes) => minutes == 0 ? "–" : DocumentTexts.Duration(minutes);

    private static string[] ByPlace(Domain.Region.MinutesByPlace minutes) =>
    [
        Hours(minutes.Centre), Hours(minutes.Distance), Hours(minutes.Company), Hours(minutes.Centre + minutes.Distance + minutes.Company),
    ];
}
