using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Region;

/// <summary>
/// Which months each Région is due: the one before the local month, from the first local minute of the first day, and the one before that
/// in case nothing ran for weeks.
/// </summary>
public static class ExportSchedule
{
    private const int MonthsBack = 2;

    /// <returns>Months that are over everywhere in the Région, oldest first. A month already exported is the caller's to leave
    /// out.</returns>
    public static IEnumerable<(RegionCode Region, YearMonth Month)> Due(IEnumerable<Organisation> organisations, DateTimeOffset now)
    {
        foreach (var region in organisations.GroupBy(o => o.Region, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (!RegionCode.TryParse(region.Key, out var code))
            {
                continue;
            }

            var current = Current(region, now);
            for (var back = MonthsBack; back >= 1; back--)
            {
                yield return (code, current.Plus(-back));
            }
        }
    }

    /// <summary>Whether a month is over for every organisation of a Région.</summary>
    public static bool IsOver(YearMonth month, RegionCode region, IEnumerable<Organisation> organisations, DateTimeOffset now)
    {
        var ofRegion = organisations.Where(o => o.Region == region.Value).ToList();
        return ofRegion.Count > 0 && month.CompareTo(Current(ofRegion, now)) < 0;
    }

    /// <summary>Whether a month has begun for some organisation of a Région; null when no organisation works for it.</summary>
    public static bool? HasBegun(YearMonth month, RegionCode region, IEnumerable<Organisation> organisations, DateTimeOffset now)
    {
        var days = organisations.Where(o => o.Region == region.Value).Select(o => o.Zone.DateAt(now)).ToList();
        return days.Count == 0 ? null : month.FirstDay <= days.Max();
    }

    private static YearMonth Current(IEnumerable<Organisation> organisations, DateTimeOffset now) =>
        YearMonth.Of(organisations.Min(o => o.Zone.DateAt(now)));
}
