using Emargement.Domain.Platform.Calendar;

namespace Emargement.Domain.Planning.Sources;

/// <summary>How long a source that sends by itself has sent nothing.</summary>
public static class Silence
{
    // Beyond that it makes no difference any more.
    private const int Most = 60;

    /// <summary>Working days after the last one on which something came, up to a night's own day.</summary>
    /// <param name="last">Local day on which something came last.</param>
    /// <param name="night">The night's local day.</param>
    public static int WorkingDays(DateOnly last, DateOnly night, HolidayCalendar calendar)
    {
        var count = 0;
        for (var day = night; day > last && count < Most; day = day.AddDays(-1))
        {
            count += day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || Holidays.On(day, calendar) is not null ? 0 : 1;
        }

        return count;
    }
}
