using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Region.Usage;
using Emargement.Functions.Months.Records;

namespace Emargement.Functions.Months.Usage;

/// <summary>What a month is charged for, by who pays, as the month's run counted it: two point reads.</summary>
public sealed class ShowUsage(GroupMonthsTable groups, MonthsTable months)
{
    /// <param name="named">Whether funders other than the Région are named; else they stand in one line.</param>
    public async Task<Result<UsageView>> RunAsync(
        Organisation organisation, YearMonth month, bool named, CancellationToken cancellation)
    {
        var life = months.FindAsync(organisation.Id, month, cancellation);
        var total = await groups.TotalAsync(organisation.Id, month, cancellation);
        var usage = total?.Usage;
        return new UsageView(
            month,
            organisation.Id,
            organisation.Nda,
            IsFinal((await life).Value.State) || organisation.LockedMonths.Contains(month),
            usage is null ? null : total!.At,
            usage is null ? [] : named ? [.. usage.Funders.Select(f => UsageLine.Of(f.Funder, f.Counts))] : Folded(usage),
            usage?.Total.Learners ?? 0);
    }

    /// <summary>Whether figures of a month in this state change no more.</summary>
    public static bool IsFinal(MonthState state) => state is not (MonthState.Open or MonthState.Returned);

    private static IReadOnlyList<UsageLine> Folded(MonthUsage usage) =>
    [
        .. usage.Funders.Where(f => f.Funder == EnrolmentPeriod.RegionFunder).Select(f => UsageLine.Of(f.Funder, f.Counts)),
        .. usage.Others.Learners > 0 ? [UsageLine.Of(UsageLine.Others, usage.Others)] : Array.Empty<UsageLine>(),
    ];
}
