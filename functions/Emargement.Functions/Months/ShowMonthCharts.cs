using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;

namespace Emargement.Functions.Months;

/// <summary>A month and the five before it to look at: a range each.</summary>
public sealed class ShowMonthCharts(GroupMonthsTable groups)
{
    public async Task<MonthCharts> RunAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var months = Enumerable.Range(0, MonthCharts.Most).Select(back => month.Plus(back - MonthCharts.Most + 1)).ToList();
        var read = await Task.WhenAll(months.Select(m => groups.OfMonthAsync(organisation, m, cancellation)));
        return MonthCharts.Of([.. months.Zip(read, (m, r) => (m, r.Groups))]);
    }
}
