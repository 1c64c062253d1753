using System.Globalization;

namespace Emargement.Domain.Platform.Calendar;

/// <summary>
/// A day as people and machines name it. Only days of two centuries are taken: a day beside any of them, or a month after, exists too.
/// </summary>
public static class CalendarDay
{
    public const int FirstYear = 1900;
    public const int LastYear = 2099;

    public const string Format = "yyyy-MM-dd";

    public static bool Holds(DateOnly day) => day.Year is >= FirstYear and <= LastYear;

    /// <summary>Reads a day written yyyy-MM-dd.</summary>
    public static bool TryParse(string? text, out DateOnly day) => TryParse(text, Format, out day);

    public static bool TryParse(ReadOnlySpan<char> text, string format, out DateOnly day) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && Holds(day);
}
