using System.Globalization;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Domain.Platform;

/// <summary>A calendar month, written yyyy-MM: the unit of the Région's export and of the big tables' partitions.</summary>
public readonly record struct YearMonth(int Year, int Month) : IComparable<YearMonth>
{
    public DateOnly FirstDay => new(Year, Month, 1);

    public DateOnly LastDay => FirstDay.AddMonths(1).AddDays(-1);

    public static YearMonth Of(DateOnly date) => new(date.Year, date.Month);

    public static YearMonth Parse(string text) =>
        TryParse(text, out var month) ? month : throw new FormatException("A month is written yyyy-MM.");

    public static bool TryParse(string? text, out YearMonth month)
    {
        var ok = CalendarDay.TryParse(text + "-01", out var first);
        month = ok ? Of(first) : default;
        return ok;
    }

    /// <summary>Every month that has a day from <paramref name="first"/> to <paramref name="last"/>, in order.</summary>
    public static IEnumerable<YearMonth> Between(DateOnly first, DateOnly last)
    {
        for (var month = Of(first); month.FirstDay <= last; month = month.Plus(1))
        {
            yield return month;
        }
    }

    public YearMonth Plus(int months) => Of(FirstDay.AddMonths(months));

    public int CompareTo(YearMonth other) => FirstDay.CompareTo(other.FirstDay);

    public override string ToString() => FirstDay.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
