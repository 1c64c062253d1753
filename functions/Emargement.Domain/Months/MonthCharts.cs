using Emargement.Domain.Placements;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Months;

/// <summary>What one would rather look at than read of a month, from the rows of its groups and those of the months before.</summary>
/// <param name="Months">In order; the last is the one that is looked at.</param>
/// <param name="Groups">Of the last month, the least complete first.</param>
/// <param name="Weeks">That have a half-day in the last month, in order.</param>
/// <param name="Methods">Used in the last month, the most used first.</param>
/// <param name="IsWhole">False where a half-day was calculated before its minutes and methods were counted.</param>
public sealed record MonthCharts(
    IReadOnlyList<YearMonth> Months,
    IReadOnlyList<GroupCourse> Groups,
    IReadOnlyList<WeekAbsences> Weeks,
    IReadOnlyList<MethodCount> Methods,
    bool IsWhole)
{
    /// <summary>Months that are looked at together, at most.</summary>
    public const int Most = 6;

    /// <param name="read">Each month with its groups, in order; those before the first with a group are left out.</param>
    public static MonthCharts Of(IReadOnlyList<(YearMonth Month, IReadOnlyList<GroupMonth> Groups)> read)
    {
        var months = read.SkipWhile(m => m.Groups.Count == 0).ToList();
        if (months.Count == 0)
        {
            return new MonthCharts([], [], [], [], IsWhole: true);
        }

        var last = months[^1].Groups;
        var halfDays = last.SelectMany(g => g.HalfDays).ToList();
        var tallies = halfDays.Where(h => h.Tally is not null).ToList();
        return new MonthCharts(
            [.. months.Select(m => m.Month)],
            [
                .. last
                    .Select(g => new GroupCourse(
                        g.Title ?? g.Training.Value,
                        g.Group,
                        [.. months.Select(m => m.Groups.FirstOrDefault(o => (o.Training, o.Group) == (g.Training, g.Group))
                            ?.Counts.All.Completeness)]))
                    .OrderBy(g => g.Completeness[^1] ?? 101)
                    .ThenBy(g => g.Title, StringComparer.OrdinalIgnoreCase)
                    .ThenBy(g => g.Group, StringComparer.Ordinal),
            ],
            [
                .. tallies.GroupBy(h => IsoWeek.Of(h.Session.Date)).OrderBy(w => w.Key)
                    .Select(w => new WeekAbsences(w.Key.Monday, w.Sum(h => h.Tally!.Justified), w.Sum(h => h.Tally!.Unjustified))),
            ],
            [
                .. tallies.SelectMany(h => h.Tally!.Methods).GroupBy(m => m.Method)
                    .Select(m => new MethodCount(m.Key, m.Sum(c => c.Count)))
                    .OrderByDescending(m => m.Count).ThenBy(m => m.Method),
            ],
            tallies.Count == halfDays.Count);
    }
}

/// <param name="Completeness">Whole percents, month by month; null where nothing was due, or the group was not there.</param>
public sealed record GroupCourse(string Title, string Group, IReadOnlyList<int?> Completeness);

/// <param name="Justified">Minutes.</param>
/// <param name="Unjustified">Minutes.</param>
public sealed record WeekAbsences(DateOnly Monday, int Justified, int Unjustified);
