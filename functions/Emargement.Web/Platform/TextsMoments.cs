using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;

namespace Emargement.Web.Platform;

/// <summary>How a language writes days and hours; the patterns are texts too (<c>format.*</c>, .NET date patterns).</summary>
public static class TextsMoments
{
    /// <summary><c>lundi 23 novembre</c>; the first of a month is <c>1er</c> in French.</summary>
    public static string Day(this Texts texts, DateOnly date) => Written(texts, date, "format.day");

    /// <summary><c>lundi 23 novembre 2026</c>, where the year matters.</summary>
    public static string FullDay(this Texts texts, DateOnly date) => Written(texts, date, "format.full-day");

    /// <summary><c>Novembre 2026</c>, as a heading.</summary>
    public static string Month(this Texts texts, YearMonth month)
    {
        var text = month.FirstDay.ToString("MMMM yyyy", texts.Culture);
        return char.ToUpper(text[0], texts.Culture) + text[1..];
    }

    /// <summary><c>lundi 23 novembre, matin</c>.</summary>
    public static string HalfDay(this Texts texts, DateOnly date, HalfDay halfDay) =>
        texts["format.half-day", ("day", texts.Day(date)), ("half", texts[$"half-day.{(int)halfDay}"])];

    /// <summary>The hour on the site's clock: <c>9 h 02</c>, <c>9 h</c> (with spaces that do not break), <c>9:02</c> elsewhere.</summary>
    public static string Hour(this Texts texts, DateTimeOffset instant, SiteZone zone) =>
        texts.Hour(TimeOnly.FromDateTime(zone.ToLocal(instant).DateTime));

    public static string Hour(this Texts texts, TimeOnly time) => time.ToString(
        texts[time.Minute == 0 ? "format.whole-hour" : "format.hour"], texts.Culture);

    /// <summary><c>lundi 23 novembre 2026 à 9 h 02</c>.</summary>
    public static string Moment(this Texts texts, DateTimeOffset instant, SiteZone zone) =>
        texts["format.moment", ("day", texts.FullDay(zone.DateAt(instant))), ("hour", texts.Hour(instant, zone))];

    private static string Written(Texts texts, DateOnly date, string key) =>
        date.ToString(texts[key], texts.Culture).Replace(
            "{d}", date.Day == 1 ? texts["format.first"] : date.Day.ToString(texts.Culture), StringComparison.Ordinal);
}
