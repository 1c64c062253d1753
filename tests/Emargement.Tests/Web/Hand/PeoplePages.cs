using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Accounts;
using Emargement.Web.People;
using Emargement.Web.Platform;

namespace Emargement.Tests.Web.Hand;

/// <summary>The people's pages, with the names and lengths of real life.</summary>
internal static class PeoplePages
{
    private const string Training = "Titre professionnel Technicien supérieur systèmes et réseaux, parcours cybersécurité";

    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");
    private static readonly Reference Amine = Reference.Parse("GAR-2026-0042");
    private static readonly DateTimeOffset At = new(2026, 11, 11, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Entry = new(2026, 9, 1);

    private static readonly GroupTraining[] Trainings = [new("TSSR", Training), new("ANG", "Anglais professionnel")];

    public static PeopleModel List { get; } = new(
        Garonne,
        "ma",
        "all",
        [
            new(
                "learners", Amine, "El Mansouri-Benchekroun Mohamed Amine", ["G1", "TRE-2026-11"], "m.elmansouri@example.org", "active",
                true, 12),
            new("learners", Reference.Parse("GAR-2026-0043"), "Martin Léa", ["G1"], null, "never", false, 3),
            new("learners", Reference.Parse("GAR-2026-0044"), "Masson Hugo", [], "hugo.masson@example.fr", "sent", false, null),
            new(
                "trainers", Reference.Parse("F1"), "de La Rochefoucauld Marie-Charlotte", [], "mc.delarochefoucauld@example.fr",
                "suspended", false, null),
        ],
        "learner:GAR-2026-0044",
        null);

    public static PeopleModel TooShort(Texts texts) =>
        List with { Query = "m", Rows = [], Continuation = null, Refusal = texts.Refusal("query-too-short") };

    public static GroupAccessModel Groups(Texts texts) => new(
        Garonne,
        [new("TSSR/G1", Training, "G1"), new("ANG/TRE", "Anglais professionnel", "TRE-2026-11")],
        texts["people.sent", ("queued", 6), ("already", 7), ("without", 2)],
        null);

    public static NewPersonModel NewLearner(Texts texts) => new(
        Garonne,
        "learners",
        new PersonValues(new Dictionary<string, string> { ["lastName"] = "Lefebvre", ["firstName"] = "Zoé", ["language"] = "pt" }),
        Trainings,
        [new(Amine, "Zoë Lefèbvre", new DateOnly(1999, 5, 3))],
        new ReturnedForm("new", texts.Refusal("learner-exists"), new Dictionary<string, string>()));

    public static NewPersonModel NewTrainer { get; } = new(
        Garonne, "trainers", new PersonValues(new Dictionary<string, string>()), [], [], null);

    public static PersonPageModel Learner { get; } = new()
    {
        Organisation = Garonne,
        Kind = "learners",
        Ref = Amine,
        Name = "Mohamed Amine El Mansouri-Benchekroun",
        Values = new PersonValues(new Dictionary<string, string>
        {
            ["title"] = "M.",
            ["lastName"] = "El Mansouri-Benchekroun",
            ["firstName"] = "Mohamed Amine",
            ["birthDate"] = "1999-05-03",
            ["email"] = "m.elmansouri@example.org",
            ["language"] = "fr",
        }),
        Kept = ["email", "lastName"],
        Version = "W/\"1\"",
        Account = "learner:GAR-2026-0042",
        Access = "active",
        Token = true,
        CardLeft = 12,
        HasAddress = true,
        Strip = new MonthStrip(new YearMonth(2026, 11), true,
        [
            .. Enumerable.Range(0, 36).Select(i => new StripCell(
                new SessionId(new DateOnly(2026, 11, 2).AddDays(i / 2), (HalfDay)(1 + (i % 2)), Reference.Parse($"U{i}")),
                (AttendanceStatus)(i % 9 > 5 ? 1 : i % 9), i % 9 is 2 or 3 ? 14 : 0)),
        ]),
        Enrolments =
        [
            new("TSSR", Training, "G1", "G1",
                [
                    new(EnrolmentPeriod.RegionFunder, "R-2026-118", "BDC-77", Entry, Entry.AddMonths(2)),
                    new("OPCO ATLAS", null, null, Entry.AddMonths(3), null),
                ],
                true,
                "\"1\""),
        ],
        Trainings = Trainings,
        Placements = [new("P1", "Boulangerie de la Garonne", Entry.AddMonths(1), Entry.AddMonths(2))],
        Devices = [new("a", DeviceUse.Remembered, "Samsung Internet, Android", "203.0.113.0/24", At, false)],
        Done = PeopleActs.Save,
    };

    public static PersonPageModel Given { get; } = Learner with
    {
        Done = null,
        Once = new ShownOnce(new Uri("https://emargement.example/a/0123456789012345678901"), null, At),
    };

    public static PersonPageModel Trainer(Texts texts) => Learner with
    {
        Kind = "trainers",
        Name = "Marie-Charlotte de La Rochefoucauld",
        Ref = Reference.Parse("F1"),
        Kept = [],
        Access = "never",
        Token = false,
        CardLeft = null,
        HasAddress = false,
        Devices = [],
        Done = null,
        Returned = new ReturnedForm(PeopleActs.Password, texts.Refusal("password-too-short"), new Dictionary<string, string>()),
    };
}
