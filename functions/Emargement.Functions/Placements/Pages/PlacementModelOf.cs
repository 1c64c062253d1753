using Emargement.Domain.Placements;
using Emargement.Web.Placements;

namespace Emargement.Functions.Placements.Pages;

/// <summary>Weeks as the pages show them.</summary>
internal static class PlacementModelOf
{
    public static IReadOnlyList<PlacementWeekModel> Weeks(PlacementFile file, DateOnly first, DateOnly last, DateOnly today) =>
        [.. WeekView.Of(file, first, last).Select(w => new PlacementWeekModel(w.Week, w.Seen, [.. w.Days.Select(d => Day(d, today))]))];

    /// <summary>One whole week, also its days that nobody expects: a Saturday may have been worked.</summary>
    public static PlacementWeekModel Week(PlacementFile file, IsoWeek week, DateOnly today) =>
        new(
            week,
            file.State.NextSequence(week),
            [.. new DayRange(week.Monday, week.Sunday).Days().Where(file.State.Placement.Terms.Contains).Select(d => Day(DayView.Of(file, d), today))]);

    private static PlacementDayModel Day(DayView d, DateOnly today) => new(
        d.Date, d.Phase, d.Minutes, d.Start, d.End, d.BreakMinutes, d.Absence, d.Holiday, d.Date > today, d.DisagreedMinutes, d.DisagreementReason, d.Maintained, d.Comment, d.ValidatedMinutes);
}
