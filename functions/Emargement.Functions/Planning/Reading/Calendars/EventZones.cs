using System.Globalization;
using System.Text.RegularExpressions;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Functions.Planning.Reading.Calendars;

/// <summary>Time zones as calendars name them: as IANA or as Windows does, with somebody's prefix, or by a definition that comes
/// along.</summary>
internal sealed partial class EventZones(SiteZone site)
{
    private static readonly DateTimeOffset Winter = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Summer = new(2026, 7, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, SiteZone?> _known = [];

    public SiteZone Site => site;

    /// <summary>Takes note of a definition (VTIMEZONE), which counts when its name means nothing: it is the site's zone when its hours
    /// are.</summary>
    public void Add(IReadOnlyList<string> lines)
    {
        var id = lines.Where(l => l.StartsWith("TZID:", StringComparison.OrdinalIgnoreCase)).Select(l => l[5..].Trim()).FirstOrDefault();
        if (id is null || _known.ContainsKey(id))
        {
            return;
        }

        var location = lines.Where(l => l.StartsWith("X-LIC-LOCATION:", StringComparison.OrdinalIgnoreCase)).Select(l => l[15..].Trim());
        var offsets = lines.Where(l => l.StartsWith("TZOFFSETTO:", StringComparison.OrdinalIgnoreCase)).Select(l => Offset(l[11..]))
            .OfType<TimeSpan>()
            .TakeLast(2)
            .ToHashSet();
        _known[id] = ByName(id)
            ?? location.Select(ByName).FirstOrDefault(z => z is not null)
            ?? (offsets.SetEquals([site.ToLocal(Winter).Offset, site.ToLocal(Summer).Offset]) ? site : null);
    }

    /// <param name="id">Null for a time that names no zone.</param>
    public SiteZone? Find(string? id)
    {
        if (id is null)
        {
            return site;
        }

        return _known.TryGetValue(id, out var known) ? known : _known[id] = ByName(id);
    }

    private static SiteZone? ByName(string name)
    {
        // As Outlook shows it: « (UTC+01:00) Brussels, Copenhagen, Madrid, Paris ».
        if (Shown().Match(name) is { Success: true } shown)
        {
            return shown.Groups["cities"].Value.Split(", ")
                .Select(city => SiteZone.TryParse("Europe/" + city, out var found) ? found : null)
                .FirstOrDefault(found => found is not null);
        }

        if (name.Equals("tzone://Microsoft/Utc", StringComparison.OrdinalIgnoreCase))
        {
            return SiteZone.Parse("UTC");
        }

        if (!Shape().IsMatch(name) || name.Contains("..", StringComparison.Ordinal))
        {
            return null;
        }

        if (SiteZone.TryParse(name.TrimStart('/'), out var zone))
        {
            return zone;
        }

        // « /freeassociation.sourceforge.net/Europe/Paris »
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 2 && SiteZone.TryParse($"{parts[^2]}/{parts[^1]}", out zone) ? zone : null;
    }

    private static TimeSpan? Offset(string text)
    {
        var digits = text.Trim();
        return digits.Length >= 5
            && int.TryParse(digits.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            && int.TryParse(digits.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && hours < 15 && minutes < 60
            ? new TimeSpan(hours, minutes, 0) * (digits[0] == '-' ? -1 : 1)
            : null;
    }

    [GeneratedRegex(@"\A\((?:UTC|GMT)[^)]{0,10}\) (?<cities>[A-Za-z, ]{1,100})\z")]
    private static partial Regex Shown();

    [GeneratedRegex(@"\A[A-Za-z0-9_+/ .()-]{1,100}\z")]
    private static partial Regex Shape();
}
