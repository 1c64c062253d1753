using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Web.Placements;

namespace Emargement.Tests.Web;

/// <summary>The pages of a placement, with the longest and the most awkward that people meet.</summary>
internal static class PlacementPages
{
    private static readonly DateOnly First = new(2026, 11, 2);

    public static TutorModel Tutor { get; } = new(
        "/api/tutor/s3cret", null, false, "Mme Ruiz", "Zoë Lefèbvre", "Hôtel-restaurant de la Garonne et des Deux-Ponts", First, First.AddDays(25),
        [Week(0, DayPhase.Settled), Week(1), Week(2), Week(3, answered: true)], ["/api/tutor/s3cret/documents/all"]);

    public static DeclareModel Declare { get; } = new(
        "/api/organisations/garonne/placements/0/weeks/2026-W46", "Chez Ruiz", "Zoë Lefèbvre",
        new PlacementWeekModel(IsoWeek.Of(First.AddDays(7)), 1,
        [
            Day(7, DayPhase.Settled), Day(8, DayPhase.Disputed) with { DisagreedMinutes = 210, Reason = "Partie à midi" }, Day(9, DayPhase.Undeclared) with { Holiday = true },
            Day(10, DayPhase.Undeclared), Day(11, DayPhase.Undeclared) with { ToCome = true },
        ]),
        420, "/o/garonne/placements/0?week=2026-W45", "/o/garonne/placements/0?week=2026-W47");

    public static PlacementsModel List { get; } = new(
        OrganisationId.Parse("garonne"),
        [.. Enum.GetValues<PlacementProgressState>().Select((state, i) => new PlacementRowModel(
            $"/o/garonne/placements/{i}", "Jean-Baptiste de La Rochefoucauld-Montmorency", "Hôtel-restaurant de la Garonne", First, First.AddDays(25), state, 4, 3, 1, 1,
            i % 2 == 0 ? new DateTimeOffset(2026, 11, 27, 16, 0, 0, TimeSpan.Zero) : null))],
        "/o/garonne/placements?continuation=x");

    private static PlacementWeekModel Week(int number, DayPhase phase = DayPhase.ToValidate, bool answered = false) => new(
        IsoWeek.Of(First.AddDays(7 * number)), 1,
        [
            .. Enumerable.Range(0, 5).Select(d => answered && d == 2
                ? Day((7 * number) + d, phase) with { DisagreedMinutes = 210, Reason = "Partie à midi", Maintained = true, Comment = "J’ai fini le soir" }
                : Day((7 * number) + d, phase)),
        ]);

    private static PlacementDayModel Day(int offset, DayPhase phase) => phase == DayPhase.Undeclared
        ? new PlacementDayModel(First.AddDays(offset), phase, null, null, null, null, null, false, false, null, null, false, null, null)
        : new PlacementDayModel(First.AddDays(offset), phase, 420, "09:00", "17:00", 60, null, false, false, null, null, false, null, phase == DayPhase.Settled ? 420 : null);
}
