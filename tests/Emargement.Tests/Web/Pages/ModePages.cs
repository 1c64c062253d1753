using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;
using Emargement.Web.Platform;
using Emargement.Web.Sessions.Modes;
using Emargement.Web.Sessions.Paper;

namespace Emargement.Tests.Web.Pages;

/// <summary>Trainings on paper and electronically, with the names and lengths of real life.</summary>
internal static class ModePages
{
    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");
    private static readonly Reference Long = Reference.Parse("GAR-TSSR-2026");
    private static readonly YearMonth November = new(2026, 11);
    private static readonly IReadOnlyList<YearMonth> Months = [.. Enumerable.Range(0, 13).Select(November.Plus)];

    private const string Title = "Titre professionnel Technicien supérieur systèmes et réseaux, parcours cybersécurité";

    public static TrainingsModel Trainings { get; } = new()
    {
        Organisation = Garonne,
        Everybody = new(null, null, "manager:G1", default),
        Months = Months,
        Done = true,
        Trainings =
        [
            new(Long, Title, new(2026, 9, 1), new(2027, 6, 30), SigningMode.Electronic, new(Long, November, "manager:G1", default), 1),
            new(Reference.Parse("ANG"), "Anglais professionnel", new(2026, 9, 1), new(2026, 12, 18), SigningMode.Paper, null, 0),
        ],
    };

    public static TrainingModel Training { get; } = new()
    {
        Organisation = Garonne,
        Training = Long,
        Title = Title,
        FirstDay = new(2026, 9, 1),
        LastDay = new(2027, 6, 30),
        Site = "Site de Blagnac",
        Usual = SigningMethods.All,
        Months = Months,
        Groups =
        [
            new("G1", "G1", SigningMode.Paper,
            [
                new(Long, "G1", November, SigningMode.Paper, "Pas de réseau dans l’atelier", "manager:G1", default),
                new(Long, "G1", November.Plus(2), SigningMode.Electronic, null, "manager:G1", default),
            ], "/x"),
            new("TRE-2026-11", "TRE-2026-11", SigningMode.Electronic, [], "/y"),
        ],
        Returned = new("G1", "Ce mois a commencé pour ce groupe.", new Dictionary<string, string> { ["reason"] = "Salle sans réseau" }),
    };

    public static PaperModel Print { get; } = new()
    {
        Organisation = Garonne,
        Address = "/o/garonne/paper/A1/G1/2026-W48",
        Before = "/x",
        After = "/y",
        Training = Long,
        Title = Title,
        Group = "G1",
        Monday = new(2026, 11, 23),
        Print = "/p",
        Week = "2026-W48",
        Days = [.. Enumerable.Range(0, 5).Select(n => new DateOnly(2026, 11, 23).AddDays(n))],
        HalfDays = [.. Enumerable.Range(0, 10).Select(Column)],
        People =
        [
            .. new[]
            {
                "BEN SALAH Ines", "COSTA Maria da Conceição", "DUPONT Zoé", "EL MANSOURI-BENCHEKROUN Mohamed Amine", "LEFÈBVRE Noël",
                "NGUYEN Thi Minh", "ÖZTÜRK Ömer", "PETIT Anne",
            }.Select((name, person) => new PaperLineModel(
                $"S{person}", name, [.. Enumerable.Range(0, 10).Select(n => person != 3 || n != 4)])),
        ],
    };

    public static PaperModel Enter(Texts texts) => Print with
    {
        Scan = new string('a', 64),
        ScanHref = "/scan",
        Saved = 1,
        Refused = [$"{texts.HalfDay(new(2026, 11, 23), HalfDay.Morning)} – {texts.Refusal("paper-incomplete")}"],
        Returned = new("entry", "", new Dictionary<string, string>
        {
            ["m.0.S0"] = "Present",
            ["m.0.S1"] = "Present",
            ["m.0.S2"] = "Late",
            ["n.0.S2"] = "25",
            ["m.0.S3"] = "AbsentJustified",
            ["m.0.S4"] = "AbsentUnjustified",
            ["m.0.S5"] = "LeftEarly",
            ["n.0.S5"] = "60",
            ["h.0"] = "5",
            ["t.0"] = "yes",
        }),
    };

    private static PaperColumnModel Column(int n)
    {
        var day = new DateOnly(2026, 11, 23).AddDays(n / 2);
        var start = new DateTimeOffset(day, n % 2 == 0 ? new TimeOnly(8, 0) : new TimeOnly(12, 30), TimeSpan.Zero);
        var half = n % 2 == 0 ? HalfDay.Morning : HalfDay.Afternoon;
        return new(
            new SessionId(day, half, Reference.Parse($"GAR-{n}")), start, start.AddHours(3.5),
            n == 7 ? SigningMode.Electronic : SigningMode.Paper,
            n switch { 1 => PaperState.Closed, 6 => PaperState.Signed, > 7 => PaperState.ToCome, _ => PaperState.Waits },
            "Claire Ruiz");
    }

    public static TrainingsModel Refused(Texts texts) => Trainings with
    {
        Done = false,
        Returned = new(TrainingsModel.Pilot, texts.Refusal("pilot-empty"), new Dictionary<string, string>()),
    };
}
