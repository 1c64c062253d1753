using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Region.Usage;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Months.Usage;
using Emargement.Functions.Region;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Portal.Usage;

/// <summary>What a Région is charged for of one organisation.</summary>
/// <param name="Final">Whether the month was validated, and not taken up again.</param>
public sealed record RegionUsageLine(string Nda, OrganisationId Organisation, string Name, UsageCounts Counts, bool Final);

/// <summary>What a Région is charged for in a month: of the learners whom it pays, and of nobody else.</summary>
public sealed record RegionUsage(string Region, YearMonth Month, IReadOnlyList<RegionUsageLine> Organisations);

/// <summary>Lists what the last versions of a month say of usage, by organisation: one range.</summary>
public sealed class ListRegionUsage(RegionMonthsTable rows)
{
    public async Task<Result<RegionUsage>> RunAsync(RegionRoute route, CancellationToken cancellation)
    {
        var all = await rows.OfMonthAsync(route.Region, route.Month, cancellation);
        return new RegionUsage(
            route.Region.Value,
            route.Month,
            [
                .. all.Where(r => r.Usage is not null).OrderBy(r => r.Name, StringComparer.Ordinal).Select(r => new RegionUsageLine(
                    r.Nda,
                    r.Organisation,
                    r.Name,
                    r.Usage!,
                    ShowUsage.IsFinal(r.State) && r.VersionState != ExportStates.Provisional)),
            ]);
    }

    /// <summary>The same as a table for a spreadsheet.</summary>
    public static byte[] ToCsv(RegionUsage usage) => UsageCsv.Write(
        usage.Month,
        usage.Organisations.Select(o => (o.Nda, UsageLine.Of(EnrolmentPeriod.RegionFunder, o.Counts), o.Final)));
}
