using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Region;
using Emargement.Functions.Region.Export;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Months;

/// <summary>
/// Where a month stands, by group: three ranges, what waits in it, and whether something changed since it was calculated.
/// </summary>
public sealed class ShowMonth(
    MonthsTable months, GroupMonthsTable groups, PendingTable pending, ExportsTable exports, MonthMarksTable marks)
{
    public async Task<Result<MonthView>> RunAsync(Organisation organisation, YearMonth month, CancellationToken cancellation)
    {
        var id = organisation.Id;
        var life = months.FindAsync(id, month, cancellation);
        var facts = months.FactsAsync(id, month, cancellation);
        var figures = groups.OfMonthAsync(id, month, cancellation);
        var waiting = pending.ListAsync(id, month, cancellation);
        var mark = marks.FindAsync(id, month, cancellation);
        var versions = VersionsAsync(organisation, month, cancellation);
        await Task.WhenAll(life, facts, figures, waiting, mark, versions);
        return new MonthView(
            month,
            (await life).Value.State,
            (await figures).Total?.At,
            await mark is not null,
            (await figures).Total?.Counts,
            [.. (await figures).Groups.Select(GroupListed.Of)],
            BlockersOf(await waiting),
            await versions,
            await facts);
    }

    /// <summary>What stands against validating a month, by code.</summary>
    internal static IReadOnlyList<BlockerCount> BlockersOf(IEnumerable<PendingItem> waiting) =>
    [
        .. waiting.Where(i => i.Blocks is not null)
            .GroupBy(i => (Code: i.Code ?? PendingItem.CodeOf(i.Kind), i.Blocks))
            .OrderBy(g => g.Key.Blocks)
            .ThenBy(g => g.Key.Code, StringComparer.Ordinal)
            .Select(g => new BlockerCount(g.Key.Code, g.Count(), g.Key.Blocks == Blocking.Accepted)),
    ];

    private async Task<IReadOnlyList<MonthVersion>> VersionsAsync(
        Organisation organisation, YearMonth month, CancellationToken cancellation)
    {
        if (!RegionCode.TryParse(organisation.Region, out var region))
        {
            return [];
        }

        // Two establishments may share one declaration number: each sees its own.
        var all = await exports.OfOrganisationAsync(region, month, organisation.Nda, cancellation);
        return
        [
            .. all.Where(v => v.Stage == ExportStage.Complete && v.Organisation == organisation.Id)
                .Select(ListRegionExports.Listed)
                .Select(v => new MonthVersion(
                    v.Version, v.State, v.By, v.At, v.ManifestSha256, [.. v.Files.Select(f => At(organisation, month, v.Version, f))])),
        ];
    }

    private static ExportFileListed At(Organisation organisation, YearMonth month, int version, ExportFileListed file) =>
        file with { Address = $"/api/organisations/{organisation.Id}/months/{month}/exports/{version}/{file.Name}" };
}
