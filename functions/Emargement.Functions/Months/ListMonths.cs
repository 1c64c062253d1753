using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;

namespace Emargement.Functions.Months;

/// <summary>The months of a year up to the present one, the newest first: one range, and one point read a month.</summary>
public sealed class ListMonths(MonthsTable months, GroupMonthsTable groups, TimeProvider time)
{
    private const int Shown = 12;

    public async Task<Result<IReadOnlyList<MonthListed>>> RunAsync(Organisation organisation, CancellationToken cancellation)
    {
        var current = YearMonth.Of(organisation.Zone.DateAt(time.GetUtcNow()));
        var known = await months.ListAsync(organisation.Id, cancellation).ToDictionaryAsync(m => m.Month, cancellationToken: cancellation);
        var listed = Enumerable.Range(0, Shown).Select(back => current.Plus(-back)).Select(async month =>
        {
            var total = await groups.TotalAsync(organisation.Id, month, cancellation);
            var life = known.GetValueOrDefault(month);
            return new MonthListed(month, life?.State ?? MonthState.Open, life?.Version, total?.Counts.All.Completeness);
        });
        return await Task.WhenAll(listed);
    }
}
