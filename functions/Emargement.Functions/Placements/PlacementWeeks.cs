using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;

namespace Emargement.Functions.Placements;

/// <summary>The weeks in companies of one month, for the Région's export: one range query of the list,
/// then one query a placement.</summary>
public sealed class PlacementWeeks(PlacementsTable placements, PlacementFiles files)
{
    /// <param name="isFunded">Whether the Région pays for the placement's enrolment (training, group, learner) on a day:
    /// other days never leave.</param>
    /// <returns>By training, learner, then week; only days of the month count.</returns>
    public async Task<IReadOnlyList<PlacementWeekRow>> OfMonthAsync(
        OrganisationId organisation, YearMonth month, Func<PlacementRow, DateOnly, bool> isFunded, CancellationToken cancellation)
    {
        var rows = new List<PlacementWeekRow>();
        await foreach (var line in placements.BetweenAsync(organisation, month.FirstDay, month.LastDay, cancellation))
        {
            if (new DayRange(month.FirstDay, month.LastDay).Days().Any(d => isFunded(line, d))
                && await files.ReadAsync(organisation, line.Id, cancellation) is { IsOk: true, Value: var file })
            {
                rows.AddRange(PlacementExport.Of(file.State, file.Calendar, month, day => isFunded(line, day)));
            }
        }

        return
        [
            .. rows.OrderBy(r => r.Training)
                .ThenBy(r => r.Learner)
                .ThenBy(r => r.Week, StringComparer.Ordinal)
                .ThenBy(r => r.Company, StringComparer.Ordinal),
        ];
    }
}
