using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Domain.Statements;

/// <summary>The days that a statement speaks of, both included.</summary>
public readonly record struct StatementSpan
{
    /// <summary>Days at most: the longest trainings last three years.</summary>
    public const int MostDays = 1100;

    private StatementSpan(DateOnly first, DateOnly last) => (First, Last) = (first, last);

    public DateOnly First { get; }

    public DateOnly Last { get; }

    public IEnumerable<YearMonth> Months => YearMonth.Between(First, Last);

    /// <returns>The span, or <c>span-invalid</c>, <c>span-too-long</c>.</returns>
    public static Result<StatementSpan> Of(DateOnly first, DateOnly last) =>
        last < first || first.Year < 2000 ? Refusal.BadInput("span-invalid")
        : last.DayNumber - first.DayNumber >= MostDays
            ? Refusal.BadInput("span-too-long", ("days", MostDays.ToString(CultureInfo.InvariantCulture)))
        : new StatementSpan(first, last);

    /// <param name="first">yyyy-MM-dd.</param>
    /// <param name="last">yyyy-MM-dd.</param>
    public static Result<StatementSpan> Parse(string? first, string? last) =>
        CalendarDay.TryParse(first, out var from) && CalendarDay.TryParse(last, out var to)
            ? Of(from, to)
            : Refusal.BadInput("span-invalid");

    public bool Contains(DateOnly day) => First <= day && day <= Last;

    /// <summary>As keys and file names have it: 20261101-20261130.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First:yyyyMMdd}-{Last:yyyyMMdd}");
}
