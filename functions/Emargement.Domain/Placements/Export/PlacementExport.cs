using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements.Export;

/// <summary>A placement's rows of <c>semaines_entreprise.csv</c>.</summary>
public static class PlacementExport
{
    private const string Declared = "declaree";
    private const string Disputed = "desaccord";
    private const string Undeclared = "a_declarer";

    /// <param name="isFunded">Whether the Région pays for the learner on a day: the others are left out.</param>
    public static IEnumerable<PlacementWeekRow> Of(
        PlacementState state, PlacementCalendar calendar, YearMonth month, Func<DateOnly, bool> isFunded)
    {
        var placement = state.Placement;
        foreach (var week in IsoWeek.Between(month.FirstDay, month.LastDay))
        {
            var days = new DayRange(week.Monday, week.Sunday).Days()
                .Where(d => YearMonth.Of(d) == month && placement.Terms.Contains(d) && isFunded(d))
                .Where(d => calendar.IsExpected(d) || state.Day(d).Phase != DayPhase.Undeclared)
                .Select(state.Day)
                .Where(d => !placement.Cancelled || d.Phase == DayPhase.Settled)
                .ToList();
            if (days.Count == 0)
            {
                continue;
            }

            var period = calendar.Periods().First(p => p.First <= days[0].Date && days[0].Date <= p.Last);
            var document = state.Documents.Where(d => d.Period == period.Key).MaxBy(d => d.Version);
            yield return new PlacementWeekRow(
                placement.TrainingRef,
                placement.LearnerRef,
                week.ToString(),
                placement.Terms.Company,
                placement.Terms.Tutors.First(t => t.From <= days[0].Date && days[0].Date <= t.To).Name,
                days.Sum(d => d.Declaration?.Minutes ?? 0),
                days.Sum(d => d.SettledMinutes ?? 0),
                StatusOf(days),
                days.All(d => d.Phase == DayPhase.Settled) ? days.Max(d => d.SettledAt) : null,
                document?.Code,
                document?.Sha256);
        }
    }

    private static string StatusOf(List<DayState> days) =>
        days.All(d => d.Phase == DayPhase.Settled) ? PlacementWeekRow.ValidatedStatus
        : days.Any(d => d.Phase == DayPhase.Disputed) ? Disputed
        : days.Any(d => d.Phase == DayPhase.Undeclared) ? Undeclared
        : Declared;
}
