using System.Globalization;

namespace Emargement.Domain.Planning;

/// <summary>The ways in which planning files write dates and times.</summary>
public static class PlanningText
{
    private static readonly string[] DateFormats = ["dd/MM/yyyy", "yyyy-MM-dd"];

    /// <summary>Reads dd/MM/yyyy, yyyy-MM-dd, and dd/MM/yy as a day of the years 2000 to 2099. Years before 1900 or after 2099 are refused: they are typing errors.</summary>
    public static bool TryParseDate(string text, out DateOnly date)
    {
        // The framework's own reading of two-digit years changes with its version: the century is written here instead.
        var full = text.Length == 8 && text[2] == '/' && text[5] == '/' ? $"{text[..6]}20{text[6..]}" : text;
        return DateOnly.TryParseExact(full, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
            && date.Year is >= 1900 and <= 2099;
    }

    /// <summary>Reads a date of birth: as <see cref="TryParseDate"/>, but a two-digit year that would lie after <paramref name="today"/> is of the century before.</summary>
    public static bool TryParseBirthDate(string text, DateOnly today, out DateOnly date)
    {
        if (!TryParseDate(text, out date))
        {
            return false;
        }

        if (text.Length == 8 && date > today)
        {
            date = date.AddYears(-100);
        }

        return date <= today;
    }

    /// <summary>Reads HH:mm, HH:mm:ss, 9h and 9h30; the hour may have one digit.</summary>
    public static bool TryParseTime(string text, out TimeOnly time)
    {
        time = default;
        Span<int> parts = stackalloc int[3];
        parts.Clear();
        var separator = text.Contains(':', StringComparison.Ordinal) ? ':' : 'h';
        var pieces = text.ToLowerInvariant().Split(separator);
        var allowed = separator == ':' ? pieces.Length is 2 or 3 : pieces.Length == 2;
        if (!allowed)
        {
            return false;
        }

        for (var i = 0; i < pieces.Length; i++)
        {
            var bareHour = separator == 'h' && i == 1 && pieces[i].Length == 0;
            var wellFormed = i == 0 ? pieces[i].Length is 1 or 2 : pieces[i].Length == 2;
            if (!bareHour && (!wellFormed || !int.TryParse(pieces[i], NumberStyles.None, CultureInfo.InvariantCulture, out parts[i])))
            {
                return false;
            }
        }

        if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59)
        {
            return false;
        }

        time = new TimeOnly(parts[0], parts[1], parts[2]);
        return true;
    }
}
