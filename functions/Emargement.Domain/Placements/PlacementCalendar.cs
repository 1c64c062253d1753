using System.Globalization;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements;

/// <summary>What is validated and sealed together: the whole placement, or one month of it.</summary>
/// <param name="Key"><c>all</c>, or the month.</param>
public sealed record ValidationPeriod(string Key, DateOnly First, DateOnly Last);

/// <summary>The days of one week inside one period: what the learner is reminded of.</summary>
/// <param name="Key">The week and the month of its first day, which a moved last day does not change: <c>2026-W49.11</c>.</param>
/// <param name="Expected">Days on which the learner is expected; at least one.</param>
public sealed record WeekPart(string Key, IsoWeek Week, IReadOnlyList<DateOnly> Expected)
{
    public DateOnly LastExpected => Expected[^1];
}

/// <summary>The days of one period for which one tutor answers.</summary>
public sealed record TutorSection(string Key, TutorPeriod Tutor, DateOnly First, DateOnly Last);

/// <summary>The days of a placement, as its terms and the site's public holidays make them.</summary>
public sealed class PlacementCalendar(PlacementTerms terms, Func<DateOnly, bool> isHoliday)
{
    public bool IsHoliday(DateOnly day) => isHoliday(day);

    /// <summary>Whether the learner owes a declaration for this day.</summary>
    public bool IsExpected(DateOnly day) => terms.IsWorkDay(day) && !isHoliday(day);

    public IReadOnlyList<DateOnly> Expected(DateOnly first, DateOnly last) => [.. new DayRange(first, last).Days().Where(IsExpected)];

    public IReadOnlyList<ValidationPeriod> Periods() => terms.Validation == ValidationRhythm.AtEnd
        ? [new ValidationPeriod("all", terms.FirstDay, terms.LastDay)]
        :
        [
            .. YearMonth.Between(terms.FirstDay, terms.LastDay)
                .Select(m => new ValidationPeriod(m.ToString(), Later(m.FirstDay, terms.FirstDay), Earlier(m.LastDay, terms.LastDay))),
        ];

    public IReadOnlyList<WeekPart> Parts(ValidationPeriod period) =>
    [
        .. IsoWeek.Between(period.First, period.Last)
            .Select(w => Part(w, Later(w.Monday, period.First), Earlier(w.Sunday, period.Last)))
            .Where(p => p.Expected.Count > 0),
    ];

    /// <summary>The tutors of a period, each with the days of it that are theirs.</summary>
    public IReadOnlyList<TutorSection> Sections(ValidationPeriod period) =>
    [
        .. terms.Tutors
            .Where(t => t.From <= period.Last && period.First <= t.To)
            .Select(t => new TutorSection($"{period.Key}.{t.Key}", t, Later(t.From, period.First), Earlier(t.To, period.Last))),
    ];

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    private WeekPart Part(IsoWeek week, DateOnly first, DateOnly last) =>
        new($"{week}.{first.ToString("MM", CultureInfo.InvariantCulture)}", week, Expected(first, last));
}
