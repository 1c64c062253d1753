using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Tests.Web.Imports;
using Emargement.Web.Months;
using Emargement.Web.Platform;
using Emargement.Web.Platform.Navigation;

namespace Emargement.Tests.Web.Pages;

/// <summary>Months in the states that managers meet.</summary>
internal static class MonthPages
{
    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");
    private static readonly YearMonth November = new(2026, 11);
    private static readonly DateTimeOffset Computed = new(2026, 11, 27, 13, 5, 0, TimeSpan.Zero);
    private static readonly DateOnly Monday = new(2026, 11, 16);

    private static readonly string[] Names =
        ["ABDELKADER Yasmine", "BAUDRY Jean-Christophe", "COSTA Maria da Conceição", "EL MANSOURI-BENCHEKROUN Mohamed Amine"];

    public static MonthModel Empty { get; } = new() { Organisation = Garonne, Month = November, IsLast = true };

    public static MonthModel Month { get; } = Empty with
    {
        State = MonthState.Returned,
        ComputedAt = Computed,
        Stale = true,
        Total = Counts(168, 161, 96, 4),
        Groups =
        [
            new("x", "Titre professionnel Technicien supérieur systèmes et réseaux", "G1", Counts(22, 14, 63, 3)),
            new("x", "Anglais professionnel", "TRE-2026-11", Counts(20, 20, 100, 0)),
            new("x", "Techniques de recherche d’emploi", "G2", Counts(0, 0, null, 0)),
        ],
        Versions =
        [
            new(1, "provisional", "le calcul mensuel", Computed, new string('a', 64),
                [new("/x", "synthese.csv"), new("/x", "manifest.json")]),
        ],
        Happened = [new(Computed, "G1 a repris le mois.", "Une absence était justifiée.")],
    };

    public static UsageModel Uncounted { get; } = new(Garonne, November, false, null, [], 0) { IsLast = true };

    public static UsageModel Usage { get; } = Uncounted with
    {
        ComputedAt = Computed,
        Rows =
        [
            new("FRANCE TRAVAIL", false, new(12, 410, 388)),
            new("OPCO MOBILITÉS ET SERVICES DE L’AUTOMOBILE", false, new(3, 96, 96, 12, 8)),
            new("REGION", true, new(142, 5_180, 4_976, 40, 61)),
        ],
        Learners = 156,
    };

    public static MonthModel Closed { get; } = Month with
    {
        State = MonthState.Locked,
        Asked = true,
        Amendments =
        [
            new(2, AmendmentState.Proposed, 12, Computed, "Feuille papier retrouvée : la stagiaire était présente.", null, null),
            new(1, AmendmentState.Refused, 1, Computed.AddDays(-2), "Erreur de saisie", "Joignez la feuille à votre demande.", null),
        ],
    };

    public static GroupModel Group { get; } = new()
    {
        Reasons = [("FAM", "Événement familial"), ("ADM", "Convocation (administration, justice, emploi)")],
        Organisation = Garonne,
        Month = November,
        Title = "Titre professionnel Technicien supérieur systèmes et réseaux",
        Group = "G1",
        Address = "/o/garonne/months/2026-11/groups/A1/G1",
        ComputedAt = Computed,
        MayCorrect = true,
        Fortnights = [Monday.AddDays(-14), Monday],
        From = Monday,
        HalfDays = [.. Enumerable.Range(0, 18).Select(Column)],
        Lines = [.. Names.Index().Select(n => Line(n.Index, n.Item))],
    };

    public static ChartsModel Charts { get; } = new(
        "/o/garonne/months/2026-11",
        November,
        new MonthCharts(
            [.. Enumerable.Range(0, 6).Select(n => November.Plus(n - 5))],
            [
                new("Titre professionnel Technicien supérieur systèmes et réseaux", "G1", [100, 100, null, 98, 100, 63]),
                new("Anglais professionnel", "TRE-2026-11", [null, null, null, null, 96, 100]),
            ],
            [
                .. Enumerable.Range(0, 5).Select(n => new WeekAbsences(
                    new DateOnly(2026, 10, 26).AddDays(7 * n), 210 * (n % 3), 140 * (4 - n))),
            ],
            [
                new(SigningMethod.Qr, 1204), new(SigningMethod.Tablet, 310), new(SigningMethod.Token, 96), new(SigningMethod.Code, 41),
                new(SigningMethod.Email, 12), new(SigningMethod.Remote, 8), new(SigningMethod.Paper, 3),
            ],
            IsWhole: false));

    public static SettleModel Settle { get; } = new()
    {
        Organisation = Garonne,
        Current = November,
        ComputedAt = Computed,
        Counts = new Dictionary<PendingKind, int> { [PendingKind.NotOpened] = 1, [PendingKind.AbsenceDue] = 9, [PendingKind.Anomaly] = 1 },
        Placements = 2,
        Lines =
        [
            Waiting("not-opened", null, Blocking.Settled, "Voir la séance"),
            Waiting("absence-due", Names[3], null, "Justifier"),
            Waiting("signature-outside-window", Names[2], Blocking.Accepted, "Voir la séance"),
            Waiting("takeover", null, null, "Confirmer") with { Posts = true },
            Waiting("conflict", null, null, "Voir la séance") with { Sides = PlanningPages.Conflicts[0] },
        ],
    };

    public static ValidationModel Validation { get; } = new(
        Month,
        [new("not-opened", false, [Settle.Lines[0]])],
        [new("signature-outside-window", true, [Settle.Lines[2], Settle.Lines[2] with { Learner = Names[0] }])]);

    public static SettleModel Settled { get; } = Settle with { Lines = [], Counts = new Dictionary<PendingKind, int>(), Placements = 0 };

    /// <summary>The bar that managers see on every page.</summary>
    public static IReadOnlyList<NavModel> Nav { get; } =
    [
        new("/o/garonne/today", "nav.today", false, NavPlace.Always),
        new("/o/garonne/settle", "nav.settle", false, NavPlace.Always),
        new("/o/garonne/months", "nav.months", true, NavPlace.Always),
        new("/o/garonne/placements", "nav.placements", false, NavPlace.WhereThereIsRoom),
        new("/o/garonne/imports", "imports.title", false, NavPlace.WhereThereIsRoom),
        new("/o/garonne/journal", "journal.title", false, NavPlace.Menu),
    ];

    private static MonthCounts Counts(int due, int closed, int? complete, int toAccept)
    {
        var figures = complete is { } percent
            ? new MonthFigures(100, percent, percent, percent, 12_600, 420, 210, 30, 15, 9, 4, 3)
            : MonthFigures.None;
        return new(new SessionFigures(due, due, closed, closed), figures, figures, 14, 11, toAccept, 1, GroupMode.Electronic);
    }

    private static GroupHalfDay Column(int n)
    {
        var day = Monday.AddDays((n / 2) + (n / 10 * 2));
        var half = n % 2 == 0 ? HalfDay.Morning : HalfDay.Afternoon;
        var start = new DateTimeOffset(day, new TimeOnly(n % 2 == 0 ? 8 : 12, 30), TimeSpan.Zero);
        return new GroupHalfDay(
            new SessionId(day, half, Reference.Parse($"GAR-{n}")), start, start.AddHours(3.5), Modality.Centre,
            n == 17 ? SessionState.Open : SessionState.Closed, true, 4, 3, n == 17 ? null : 3);
    }

    private static MatrixLineModel Line(int index, string name) => new(
        name,
        index == 1 ? "OPCO" : "REGION",
        index != 1,
        $"S{index}",
        [.. Enumerable.Range(0, 18).Select(n => n == 16 && index == 0 ? null : Cell(n, index))],
        new MonthFigures(Done: 3_500, Justified: 210, Unjustified: 420));

    private static LearnerCell Cell(int n, int index)
    {
        var status = (AttendanceStatus)((n + (index * 5)) % 17 is var k && k < 6 ? k : 1);
        return new LearnerCell(
            Column(n).Session, n == 17 ? AttendanceStatus.NotSigned : status, 210, status == AttendanceStatus.Late ? 25 : 0, 0, 0, 0,
            n % 5 == 0 ? SigningMethod.Paper : SigningMethod.Qr, n % 7 == 3, index != 1);
    }

    private static SettleLineModel Waiting(string code, string? learner, Blocking? blocking, string remedy) => new(
        code, "Titre professionnel Technicien supérieur systèmes et réseaux, G1",
        new SessionId(Monday, HalfDay.Afternoon, Reference.Parse("GAR-1")), learner, Computed.AddDays(-3), blocking, "/x",
        new LinkModel("/x", remedy), [new LinkModel("/y", remedy == "Justifier" ? "Voir la séance" : "Modifier")]);
}
