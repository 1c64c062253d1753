using System.Globalization;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Region;

namespace Emargement.Functions.Portal;

/// <param name="State">Only months in it; null for all.</param>
/// <param name="Continuation">From the page before; null for the first.</param>
public sealed record PortalQuestion(MonthState? State, string? Continuation)
{
    /// <summary>Narrows the list further; null for not.</summary>
    public Func<RegionMonthRow, bool>? Only { get; init; }
}

/// <summary>A month across the organisations of a Région, the least complete first.</summary>
/// <param name="States">How many months stand where, whatever is asked for.</param>
/// <param name="Continuation">Asks for the next part; null with the last.</param>
public sealed record PortalMonthList(
    string Region,
    YearMonth Month,
    IReadOnlyDictionary<string, int> States,
    IReadOnlyList<PortalMonth> Organisations,
    string? Continuation);

/// <summary>Lists a month across organisations: one range, whatever their number.</summary>
public sealed class ListPortalMonth(RegionMonthsTable rows)
{
    /// <summary>Organisations of a page.</summary>
    internal const int PageSize = 100;

    public async Task<Result<PortalMonthList>> RunAsync(RegionRoute route, PortalQuestion asked, CancellationToken cancellation)
    {
        var all = await rows.OfMonthAsync(route.Region, route.Month, cancellation);
        var wanted = all.Where(r => (asked.State is null || r.State == asked.State) && asked.Only?.Invoke(r) != false)
            .Select(row => (Key: KeyOf(row), Row: row))
            .Where(r => asked.Continuation is null || string.CompareOrdinal(r.Key, asked.Continuation) > 0)
            .OrderBy(r => r.Key, StringComparer.Ordinal)
            .ToList();
        return new PortalMonthList(
            route.Region.Value,
            route.Month,
            all.CountBy(r => r.State).OrderBy(s => s.Key).ToDictionary(s => s.Key.ToString().ToLowerInvariant(), s => s.Value),
            [.. wanted.Take(PageSize).Select(r => PortalMonth.Of(r.Row))],
            wanted.Count > PageSize ? wanted[PageSize - 1].Key : null);
    }

    // The least complete first, what is not known before all: the next page starts behind the last line, even when lines moved.
    private static string KeyOf(RegionMonthRow row)
    {
        var known = row.Counts?.Figures.Completeness is { } percent ? percent + 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{known:D3}~{row.Nda}~{row.Organisation}");
    }
}
