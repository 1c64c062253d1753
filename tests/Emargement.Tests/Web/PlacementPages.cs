using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Web.Placements;
using Emargement.Web.Placements.Following;

namespace Emargement.Tests.Web;

/// <summary>The pages of a placement, with the longest and the most awkward that people meet.</summary>
internal static class PlacementPages
{
    private static readonly DateOnly First = new(2026, 11, 2);

    private static readonly PlacementDocumentModel Draft = new("/api/tutor/s3cret/drafts/all", First, First.AddDays(25), 0, null, null);

    private static readonly PlacementDocumentModel Sealed = new(
        "/api/tutor/s3cret/documents/all", First, First.AddDays(25), 2, At, "/v/K7QF");

    private static DateTimeOffset At => new(2026, 11, 27, 16, 0, 0, TimeSpan.Zero);

    public static TutorModel Tutor { get; } = new(
        "/api/tutor/s3cret", null, false, "Mme Ruiz", "Zoë Lefèbvre", "Hôtel-restaurant de la Garonne et des Deux-Ponts", First, First
            .AddDays(25),
        [Week(0, DayPhase.Settled), Week(1), Week(2), Week(3, answered: true)], [Draft]);

    public static TutorModel TutorDone { get; } = Tutor with
    {
        Weeks =
    [
        Week(0, DayPhase.Settled), Week(1, DayPhase.Settled),
    ],
        Documents = [Sealed, Draft],
        ValidatedAt = At,
    };

    public static DeclareModel Declare { get; } = new(
        "/api/organisations/garonne/placements/0/weeks/2026-W46", "Chez Ruiz", "Zoë Lefèbvre",
        new PlacementWeekModel(IsoWeek.Of(First.AddDays(7)), 1,
        [
            Day(7, DayPhase.Settled),
            Day(8, DayPhase.Disputed) with { DisagreedMinutes = 210, Reason = "Partie à midi" },
            Day(9, DayPhase.Undeclared) with { Holiday = true, Expected = false },
            Day(10, DayPhase.Undeclared), Day(11, DayPhase.Undeclared) with { ToCome = true },
        ]),
        420, "/o/garonne/placements/0/week?week=2026-W45", "/o/garonne/placements/0/week?week=2026-W47",
        WeekDevice.Own, "/o/garonne/placements/0");

    public static DeclareModel HandOver { get; } = Declare with { Device = WeekDevice.OfStaff };

    public static DeclareModel HandedOver { get; } = Declare with { Device = WeekDevice.HandedOver, Previous = null, Next = null };

    public static DeclareModel DeclareHours { get; } = Declare with
    {
        Week = new PlacementWeekModel(
            IsoWeek.Of(First),
            1,
            [.. Enumerable.Range(0, 5).Select(d => Day(d, DayPhase.ToValidate) with { Start = null, End = null, BreakMinutes = null })]),
    };

    public static PlacementsModel List { get; } = new(
        OrganisationId.Parse("garonne"),
        [.. Enum.GetValues<PlacementProgressState>().Select((state, i) => new PlacementRowModel(
            $"/o/garonne/placements/{i}", "Jean-Baptiste de La Rochefoucauld-Montmorency", "Hôtel-restaurant de la Garonne", First, First
                .AddDays(25), state, 4, 3, 1, 1,
            i % 2 == 0 ? At : null))],
        "/o/garonne/placements?continuation=x", CanCreate: true);

    public static PlacementPageModel Manager { get; } = new()
    {
        Organisation = OrganisationId.Parse("garonne"),
        Url = "/api/organisations/garonne/placements/0",
        WeekUrl = "/o/garonne/placements/0/week?week=",
        Version = 3,
        CanChange = true,
        Learner = "Jean-Baptiste de La Rochefoucauld-Montmorency",
        Training = "Titre professionnel Technicien supérieur systèmes et réseaux",
        Group = "G1",
        Company = "Hôtel-restaurant de la Garonne et des Deux-Ponts",
        First = First,
        Last = First.AddDays(25),
        Today = First.AddDays(40),
        MinutesADay = 420,
        State = PlacementProgressState.TutorSilent,
        DaysOff = [new DayRange(First.AddDays(14), First.AddDays(18))],
        Tutors =
        [
            new PlacementTutorModel(
                "t1", "Mme Ruiz", "direction-des-ressources@hotel-restaurant-de-la-garonne.example", First, First.AddDays(11)),
            new PlacementTutorModel("t2", "M. Paul", null, First.AddDays(12), First.AddDays(25)),
        ],
        Weeks = [Week(0, DayPhase.Settled), Week(1, answered: true), Week(2, DayPhase.Disputed), Week(3, DayPhase.Undeclared), Absent()],
        Mails =
        [
            new PlacementMailModel(At.AddDays(13), "tutor-silent", 0, "Inès Roche", "queued"),
            new PlacementMailModel(At.AddDays(10), "validate-hours", 2, "Mme Ruiz, ruiz@chez-ruiz.example", "refused"),
            new PlacementMailModel(At, "validate-hours", 0, "Mme Ruiz, ruiz@chez-ruiz.example", "sent"),
        ],
        Documents = [Sealed, Draft],
        Changes =
        [
            new PlacementChangeModel(At, "changed", "Inès Roche", "Avenant signé le 26 novembre"),
            new PlacementChangeModel(At.AddDays(-30), "created", "Import du planning", null),
        ],
    };

    public static NewPlacementModel Search { get; } = new(
        OrganisationId.Parse("garonne"),
        "lefeb",
        [new FoundLearnerModel("S1", "Zoë Lefèbvre"), new FoundLearnerModel("S9", "Aïcha Lefebvre")],
        null,
        []);

    public static NewPlacementModel New { get; } = new(
        OrganisationId.Parse("garonne"), null, [], new FoundLearnerModel("S1", "Zoë Lefèbvre"),
        [new FoundEnrolmentModel(
            "A1",
            "Titre professionnel Technicien supérieur systèmes et réseaux",
            "G1",
            "Chez Ruiz",
            "Mme Ruiz",
            "ruiz@chez-ruiz.example")]);

    private static PlacementWeekModel Week(int number, DayPhase phase = DayPhase.ToValidate, bool answered = false) => new(
        IsoWeek.Of(First.AddDays(7 * number)), 1,
        [
            .. Enumerable.Range(0, 5).Select(d => answered && d == 2
                ? Day((7 * number) + d, phase) with
                {
                    DisagreedMinutes = 210,
                    Reason = "Partie à midi",
                    Maintained = true,
                    Comment = "J’ai fini le soir",
                }
                : Day((7 * number) + d, phase)),
        ]);

    private static PlacementWeekModel Absent() => new(
        IsoWeek.Of(First.AddDays(28)), 1, [
            Day(28, DayPhase.ToValidate) with
            {
                Minutes = 0,
                Start = null,
                End = null,
                BreakMinutes = null,
                Absence = "Rendez-vous médical",
                Justified = false,
            },
        ]);

    private static PlacementDayModel Day(int offset, DayPhase phase) => phase == DayPhase.Undeclared
        ? new PlacementDayModel(
            First.AddDays(offset), true, phase, null, null, null, null, null, null, false, false, null, null, false, null, null)
        : new PlacementDayModel(
            First.AddDays(offset),
            true,
            phase,
            420,
            "09:00",
            "17:00",
            60,
            null,
            null,
            false,
            false,
            null,
            null,
            false,
            null,
            phase == DayPhase.Settled ? 420 : null);
}
