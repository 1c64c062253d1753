using System.Globalization;

namespace Emargement.Domain.Sealing;

/// <summary>
/// How days, hours and durations are written on sealed documents. French only: they are French legal documents, whatever language
/// people sign in.
/// </summary>
public static class DocumentTexts
{
    /// <summary>In which sealed documents are written.</summary>
    public static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>« lundi 23 novembre 2026 ».</summary>
    public static string Day(DateOnly date) => date.ToString(date.Day == 1 ? "dddd 1'er' MMMM yyyy" : "dddd d MMMM yyyy", French);

    /// <summary>« 9 h 05 ».</summary>
    public static string Hour(TimeOnly time) => string.Create(French, $"{time.Hour} h {time.Minute:D2}");

    /// <summary>« 9 h 05 min 12 s »: signatures are told apart to the second.</summary>
    public static string Second(DateTimeOffset at) => string.Create(French, $"{at.Hour} h {at.Minute:D2} min {at.Second:D2} s");

    /// <summary>« 23/11/2026 à 9 h 05 ».</summary>
    public static string DayAndHour(DateTimeOffset at) =>
        at.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) + " à " + Hour(TimeOnly.FromTimeSpan(at.TimeOfDay));

    /// <summary>« 3 h 30 », « 45 min », « 2 h ».</summary>
    public static string Duration(int minutes) => (minutes / 60, minutes % 60) switch
    {
        (0, var rest) => string.Create(French, $"{rest} min"),
        (var hours, 0) => string.Create(French, $"{hours} h"),
        var (hours, rest) => string.Create(French, $"{hours} h {rest:D2}"),
    };
}
