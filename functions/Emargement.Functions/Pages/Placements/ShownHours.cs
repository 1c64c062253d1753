using Emargement.Domain.Placements;
using Emargement.Functions.Placements;
using Emargement.Web.Placements;

namespace Emargement.Functions.Pages.Placements;

/// <summary>Weeks and documents as the pages show them.</summary>
internal static class ShownHours
{
    public static IReadOnlyList<PlacementWeekModel> Weeks(PlacementFile file, DateOnly first, DateOnly last, DateOnly today) =>
        [.. WeekView.Of(file, first, last).Select(w => new PlacementWeekModel(w.Week, w.Seen, [.. w.Days.Select(d => Day(d, today))]))];

    /// <summary>One whole week, also its days that nobody expects: a Saturday may have been worked.</summary>
    public static PlacementWeekModel Week(PlacementFile file, IsoWeek week, DateOnly today) =>
        new(
            week,
            file.State.NextSequence(week),
            [
                .. new DayRange(week.Monday, week.Sunday)
                    .Days()
                    .Where(file.State.Placement.Terms.Contains)
                    .Select(d => Day(DayView.Of(file, d), today)),
            ]);

    /// <summary>For each period that began: what was sealed last, or else the draft of what is to be signed.</summary>
    /// <param name="url">The API's address under which <c>documents</c> and <c>drafts</c> are.</param>
    public static IReadOnlyList<PlacementDocumentModel> Documents(
        PlacementFile file, IEnumerable<ValidationPeriod> periods, string url, DateOnly today) =>
        [.. periods.Where(p => p.First <= today).Select(p => Document(file, p, url))];

    private static PlacementDocumentModel Document(PlacementFile file, ValidationPeriod p, string url) =>
        file.State.Documents.Where(d => d.Period == p.Key).MaxBy(d => d.Version) is { } found
            ? new PlacementDocumentModel($"{url}/documents/{p.Key}", p.First, p.Last, found.Version, found.At, $"/v/{found.Code}")
            : new PlacementDocumentModel($"{url}/drafts/{p.Key}", p.First, p.Last, 0, null, null);

    private static PlacementDayModel Day(DayView d, DateOnly today) => new(
        d.Date,
        d.Expected,
        d.Phase,
        d.Minutes,
        d.Start,
        d.End,
        d.BreakMinutes,
        d.Absence,
        d.Justified,
        d.Holiday,
        d.Date > today,
        d.DisagreedMinutes,
        d.DisagreementReason,
        d.Maintained,
        d.Comment,
        d.ValidatedMinutes);
}
