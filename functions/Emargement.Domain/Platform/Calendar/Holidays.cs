namespace Emargement.Domain.Platform.Calendar;

/// <summary>
/// Public holidays of France, computed. Code du travail: L.3133-1 (everywhere),
/// L.3134-13 (Alsace-Moselle), L.3422-2 (overseas).
/// </summary>
public static class Holidays
{
    /// <summary>The French name of the holiday that falls on a day, or null.</summary>
    public static string? On(DateOnly day, HolidayCalendar calendar) => Fixed(day) ?? AroundEaster(day, calendar) ?? Local(day, calendar);

    /// <summary>Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).</summary>
    public static DateOnly Easter(int year)
    {
        var a = year % 19;
        var (b, c) = (year / 100, year % 100);
        var (d, e) = (b / 4, b % 4);
        var g = (b - ((b + 8) / 25) + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var (i, k) = (c / 4, c % 4);
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }

    private static string? Fixed(DateOnly day) => (day.Month, day.Day) switch
    {
        (1, 1) => "jour de l'An",
        (5, 1) => "fête du Travail",
        (5, 8) => "8 mai 1945",
        (7, 14) => "fête nationale",
        (8, 15) => "Assomption",
        (11, 1) => "Toussaint",
        (11, 11) => "11 novembre 1918",
        (12, 25) => "Noël",
        _ => null,
    };

    private static string? AroundEaster(DateOnly day, HolidayCalendar calendar) => (day.DayNumber - Easter(day.Year).DayNumber) switch
    {
        -2 when calendar == HolidayCalendar.AlsaceMoselle => "Vendredi saint",
        1 => "lundi de Pâques",
        39 => "Ascension",
        50 => "lundi de Pentecôte",
        _ => null,
    };

    private static string? Local(DateOnly day, HolidayCalendar calendar) => (calendar, day.Month, day.Day) switch
    {
        (HolidayCalendar.AlsaceMoselle, 12, 26) => "Saint-Étienne",
        (HolidayCalendar.Mayotte, 4, 27) => "abolition de l'esclavage",
        (HolidayCalendar.Martinique, 5, 22) => "abolition de l'esclavage",
        (HolidayCalendar.Guadeloupe, 5, 27) => "abolition de l'esclavage",
        (HolidayCalendar.Guyane, 6, 10) => "abolition de l'esclavage",
        (HolidayCalendar.Reunion, 12, 20) => "abolition de l'esclavage",
        _ => null,
    };
}
