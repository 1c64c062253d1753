using System.Globalization;
using System.Text.RegularExpressions;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Domain.Planning;

/// <summary>The ways in which planning files write dates and times. What two days or two times could be meant by is refused.</summary>
public static partial class PlanningText
{
    private static readonly string[] Days = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

    private static readonly string[] Months =
        ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];

    /// <summary>Reads day, month and year, with or without zeros, between <c>/</c>, <c>-</c> or <c>.</c> or with the month's name, a
    /// two-digit year being of 2000 to 2099;
    /// yyyy-MM-dd; eight digits; a workbook's serial number. A time of midnight may follow, and a day's name may stand before: then it
    /// must be that day's.
    /// Years before 1900 or after 2099 are refused: they are typing errors.</summary>
    public static bool TryParseDate(string text, out DateOnly date) => TryParseDate(text, out date, out _);

    /// <summary>Reads a date of birth: as <see cref="TryParseDate(string, out DateOnly)"/>, but a two-digit year that would lie after
    /// <paramref name="today"/> is of the
    /// century before.</summary>
    public static bool TryParseBirthDate(string text, DateOnly today, out DateOnly date)
    {
        if (!TryParseDate(text, out date, out var shortYear))
        {
            return false;
        }

        if (shortYear && date > today)
        {
            date = date.AddYears(-100);
        }

        return date <= today;
    }

    /// <summary>Whether a date is written as the number of days of a workbook (1900 system): 46357 for 1 December 2026.</summary>
    public static bool IsSerialDate(string text) => SerialShape().IsMatch(text);

    /// <summary>Reads 9:30, 09:30:00, 9h, 9h30, 9 h 30, 9.30, 0930, 9:30 AM, and the fraction of a day that a workbook shows for a time
    /// (0,375).</summary>
    public static bool TryParseTime(string text, out TimeOnly time)
    {
        time = default;
        var written = ImportedEpoch().Replace(PlainText.Of(text).ToLowerInvariant(), "");
        if (HalfOfDay().Match(written) is { Success: true } half)
        {
            var twelfth = Number(half, "h");
            time = twelfth is >= 1 and <= 12 && Number(half, "m") <= 59
                ? new TimeOnly((twelfth % 12) + (half.Groups["p"].Value == "p" ? 12 : 0), Number(half, "m"))
                : default;
            return twelfth is >= 1 and <= 12 && Number(half, "m") <= 59;
        }

        var match = TimeShape().Match(written);
        if (!match.Success)
        {
            return TryParseFraction(written, out time);
        }

        var (hour, minute, second) = (Number(match, "h"), Number(match, "m"), Number(match, "s"));
        if (hour > 23 || minute > 59 || second > 59)
        {
            return TryParseFraction(written, out time);
        }

        time = new TimeOnly(hour, minute, second);
        return !written.StartsWith("0.", StringComparison.Ordinal);
    }

    /// <summary>Reads the end of a slot: as <see cref="TryParseTime"/>, and 24:00 for the midnight at the end of the day.</summary>
    public static bool TryParseEnd(string text, out TimeOnly time)
    {
        time = default;
        return Midnight().IsMatch(PlainText.Of(text)) || TryParseTime(text, out time);
    }

    private static bool TryParseDate(string text, out DateOnly date, out bool shortYear)
    {
        (date, shortYear) = (default, false);
        var written = Bare(text);
        var named = DayName().Match(written);
        if (named.Success)
        {
            written = written[named.Length..];
        }

        written = NoTime().Replace(written, "");
        if (!TryParseDay(written, out date, out shortYear) || !CalendarDay.Holds(date))
        {
            return false;
        }

        return !named.Success || IsNameOf(named.Groups["name"].Value, Days, out var day) && day == (int)date.DayOfWeek;
    }

    private static bool TryParseDay(string written, out DateOnly date, out bool shortYear)
    {
        (date, shortYear) = (default, false);
        if (SerialShape().IsMatch(written))
        {
            // Day 60 is 29 February 1900, which never was; every day of a planning comes after it.
            date = new DateOnly(1899, 12, 30).AddDays(int.Parse(written.Split('.', ',')[0], CultureInfo.InvariantCulture));
            return true;
        }

        if (YearFirst().Match(written) is { Success: true } iso && IsDay(iso, Number(iso, "m"), out date))
        {
            return true;
        }

        if (DayFirst().Match(written) is { Success: true } french)
        {
            shortYear = french.Groups["y"].Length == 2;
            return IsDay(french, Number(french, "m"), out date);
        }

        if (MonthName().Match(written) is { Success: true } worded && IsNameOf(worded.Groups["m"].Value, Months, out var month))
        {
            shortYear = worded.Groups["y"].Length == 2;
            return IsDay(worded, month + 1, out date);
        }

        return false;
    }

    private static bool IsDay(Match match, int month, out DateOnly date)
    {
        // The framework's own reading of two-digit years changes with its version: the century is written here instead.
        var (year, day) = (Number(match, "y"), Number(match, "d"));
        year += match.Groups["y"].Length == 2 ? 2000 : 0;
        var exists = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = exists ? new DateOnly(year, month, day) : default;
        return exists;
    }

    // "je", "jeu" and "jeudi", "dec" and "decembre": whole, or a beginning that only one name has.
    private static bool IsNameOf(string written, string[] names, out int index)
    {
        var found = names.Index()
            .Where(n => n.Item == written || (written.Length >= 2 && n.Item.StartsWith(written, StringComparison.Ordinal)))
            .ToList();
        index = found.Count == 1 ? found[0].Index : -1;
        return index >= 0;
    }

    // Only whole minutes, and nothing that could as well be hours and minutes: "0,25" is a quarter past midnight or six o'clock.
    private static bool TryParseFraction(string written, out TimeOnly time)
    {
        time = default;
        var match = Fraction().Match(written);
        var fraction = "0." + match.Groups["f"].Value;
        if (!match.Success || !decimal.TryParse(fraction, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part))
        {
            return false;
        }

        var seconds = part * 86_400;
        var minutes = Math.Round(seconds / 60);
        if (Math.Abs(seconds - (minutes * 60)) > 1 || minutes >= 1_440 || (match.Groups["f"].Length == 2 && part < 0.60m))
        {
            return false;
        }

        time = new TimeOnly((int)minutes / 60, (int)minutes % 60);
        return true;
    }

    private static string Bare(string text)
    {
        var plain = PlainText.Of(text).ToLowerInvariant();
        return plain.All(char.IsAscii) ? plain : Accents().Replace(plain.Normalize(System.Text.NormalizationForm.FormD), "");
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true, Length: > 0 } digits
            ? int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(@"\A[1-7][0-9]{4}(?:[.,]0+)?\z")]
    private static partial Regex SerialShape();

    [GeneratedRegex(@"\A(?<y>[0-9]{4})(?:-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})|(?<m>[0-9]{2})(?<d>[0-9]{2}))\z")]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"\A(?<d>[0-9]{1,2}) ?(?<s>[/.-]) ?(?<m>[0-9]{1,2}) ?\k<s> ?(?<y>[0-9]{4}|[0-9]{2})\z"
        + @"|\A(?<d>[0-9]{2})(?<m>[0-9]{2})(?<y>[0-9]{4})\z")]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"\A(?<d>[0-9]{1,2})(?:er)?[ -](?<m>[a-z]{3,9})\.?[ -](?<y>[0-9]{4}|[0-9]{2})\z")]
    private static partial Regex MonthName();

    [GeneratedRegex(@"\A(?:le )?(?<name>[a-z]{2,8})[., ]+(?:le )?(?=[0-9])")]
    private static partial Regex DayName();

    [GeneratedRegex(@"(?:t| +(?:a )?)0{1,2}[:h](?:00)?(?::00(?:[.,]0+)?)?z?\z")]
    private static partial Regex NoTime();

    [GeneratedRegex(@"\p{Mn}")]
    private static partial Regex Accents();

    [GeneratedRegex(@"\A(?<h>[0-9]{1,2}) ?: ?(?<m>[0-9]{2})(?: ?: ?(?<s>[0-9]{2}))?\z"
        + @"|\A(?<h>[0-9]{1,2}) ?h(?:eures?)?(?: ?(?<m>[0-9]{2}) ?(?:m|mn|min)?)?\z"
        + @"|\A(?<h>[0-9]{1,2})\.(?<m>[0-9]{2})\z|\A(?<h>[0-9]{1,2})(?<m>[0-9]{2})\z")]
    private static partial Regex TimeShape();

    [GeneratedRegex(@"\A(?<h>[0-9]{1,2}):(?<m>[0-9]{2})(?::00)? ?(?<p>[ap])\.?m\.?\z")]
    private static partial Regex HalfOfDay();

    [GeneratedRegex(@"\A0?[.,](?<f>[0-9]{1,17})\z")]
    private static partial Regex Fraction();

    // A time that went through a workbook may carry the day on which workbooks begin to count.
    [GeneratedRegex(@"\A(?:1899-12-3[01]|1900-01-0[01]|3[01]/12/1899|0[01]/01/1900)[t ]+")]
    private static partial Regex ImportedEpoch();

    [GeneratedRegex(@"\A24 ?(?:[:hH.] ?(?:00)?(?::00)?|00)\z")]
    private static partial Regex Midnight();
}
