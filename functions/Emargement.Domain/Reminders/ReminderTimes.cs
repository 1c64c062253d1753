using Emargement.Domain.People;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Domain.Reminders;

/// <summary>On which days and from what time reminders leave. Nobody is reminded on a Sunday or a public holiday.</summary>
public static class ReminderTimes
{
    /// <summary>What found no place by then is dropped: the next digest says the same.</summary>
    public static TimeOnly Last { get; } = new(21, 0);

    public static TimeOnly Digest { get; } = new(8, 0);

    public static TimeOnly Validation { get; } = new(8, 0);

    public static TimeOnly Absences { get; } = new(9, 0);

    /// <summary>Of half-days that were left open on the days before.</summary>
    public static TimeOnly UnclosedBefore { get; } = new(8, 30);

    /// <summary>Of half-days that are left open today.</summary>
    public static TimeOnly UnclosedToday { get; } = new(17, 30);

    private static readonly TimeSpan AfterLastWindow = TimeSpan.FromMinutes(45);

    private const int ThirdAfter = 3;

    /// <summary>Whether nobody is reminded of anything.</summary>
    public static bool IsQuiet(this Organisation organisation, DateOnly day) =>
        day.DayOfWeek == DayOfWeek.Sunday || Holidays.On(day, organisation.Holidays) is not null;

    /// <summary>Monday to Friday, without public holidays.</summary>
    public static bool IsWorking(this Organisation organisation, DateOnly day) =>
        day.DayOfWeek != DayOfWeek.Saturday && !organisation.IsQuiet(day);

    public static DateOnly NextWorking(this Organisation organisation, DateOnly after) =>
        After(after).First(organisation.IsWorking);

    /// <summary>Whether a trainer is told today of what was left open on a day before: on the next working day, and on the first one
    /// from the third day on.</summary>
    public static bool TellsUnclosed(this Organisation organisation, DateOnly left, DateOnly today)
    {
        var second = organisation.NextWorking(left);
        return today == second || today == After(left).First(d => d >= left.AddDays(ThirdAfter) && d > second && organisation.IsWorking(d));
    }

    /// <summary>Whether a trainer whose last signing window of today ended then is told of what is left open today.</summary>
    public static bool TellsUnclosed(this Organisation organisation, DateTimeOffset lastWindow, DateTimeOffset now) =>
        now >= lastWindow + AfterLastWindow && organisation.IsBetween(UnclosedToday, Last, now);

    /// <summary>Whether the local time is at or after the first and before the second.</summary>
    public static bool IsBetween(this Organisation organisation, TimeOnly from, TimeOnly until, DateTimeOffset now)
    {
        var local = TimeOnly.FromTimeSpan(organisation.Zone.ToLocal(now).TimeOfDay);
        return local >= from && local < until;
    }

    /// <summary>The first day after one on which somebody may be reminded.</summary>
    public static DateOnly NextLoud(this Organisation organisation, DateOnly after) => After(after).First(d => !organisation.IsQuiet(d));

    /// <summary>That day, or the working day before it.</summary>
    public static DateOnly WorkingBy(this Organisation organisation, DateOnly day) =>
        Enumerable.Range(0, int.MaxValue).Select(n => day.AddDays(-n)).First(organisation.IsWorking);

    private static IEnumerable<DateOnly> After(DateOnly day) => Enumerable.Range(1, int.MaxValue).Select(n => day.AddDays(n));
}
