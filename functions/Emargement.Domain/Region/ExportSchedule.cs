using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Region;

/// <summary>Which months each Région is due: the one before the local month, from the first local minute of the first day, and the one before that in case nothing ran for weeks.</summary>
public static class ExportSchedule
{
    private const int MonthsBack = 2;

    /// <returns>Months that are over everywhere in the Région, oldest first. A month already exported is the caller's to leave out.</returns>
    public static IEnumerable<(RegionCode Region, YearMonth Month)> Due(IEnumerable<Organisation> organisations, DateTimeOffset now)
    {
        foreach (var region in organisations.GroupBy(o => o.Region, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (!RegionCode.TryParse(region.Key, out var code))
            {
                continue;
            }

            var current = YearMonth.Of(region.Min(o => o.Zone.DateAt(now)));
            for (var back = MonthsBack; back >= 1; back--)
            {
                yield return (code, current.Plus(-back));
            }
        }
    }
}
