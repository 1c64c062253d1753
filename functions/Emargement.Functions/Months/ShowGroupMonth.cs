using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;

namespace Emargement.Functions.Months;

/// <summary>A group's month: its half-days, and each learner's in their order.</summary>
public sealed record GroupMonthView(
    YearMonth Month,
    DateTimeOffset ComputedAt,
    GroupListed Group,
    IReadOnlyList<GroupHalfDay> Sessions,
    IReadOnlyList<LearnerMonth> Learners);

/// <summary>Shows a group's matrix: a point read for the group, one for the month, and one range.</summary>
public sealed class ShowGroupMonth(GroupMonthsTable groups, LearnerMonthsTable learners)
{
    /// <returns>The matrix, by name; or <c>group-unknown</c>, also while the month was never calculated.</returns>
    public async Task<Result<GroupMonthView>> RunAsync(
        Organisation organisation, YearMonth month, GroupKey key, CancellationToken cancellation)
    {
        var total = groups.TotalAsync(organisation.Id, month, cancellation);
        var lines = learners.OfGroupAsync(organisation.Id, month, key, cancellation);
        var group = await groups.FindAsync(organisation.Id, month, key, cancellation);
        if (await total is not { } calculated || group is null)
        {
            return Refusal.NotFound("group-unknown");
        }

        return new GroupMonthView(
            month,
            calculated.At,
            GroupListed.Of(group),
            group.HalfDays,
            [
                .. (await lines).OrderBy(l => l.LastName, StringComparer.OrdinalIgnoreCase)
                    .ThenBy(l => l.FirstName, StringComparer.OrdinalIgnoreCase)
                    .ThenBy(l => l.Learner),
            ]);
    }
}
