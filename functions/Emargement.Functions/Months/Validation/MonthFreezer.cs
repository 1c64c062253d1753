using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;

namespace Emargement.Functions.Months.Validation;

/// <summary>
/// Makes the settings that every rule reads agree with where a month stands. Settings are remembered for half a minute in other processes:
/// whoever freezes a month waits for longer before relying on it.
/// </summary>
public sealed class MonthFreezer(OrganisationsTable organisations, OrganisationSettings settings)
{
    // Each turn is lost only to another change of the settings.
    private const int MostTurns = 20;

    /// <returns>The settings as they are then; null when there is no such organisation.</returns>
    public async Task<Organisation?> AgreeAsync(
        OrganisationId id, YearMonth month, MonthState state, CancellationToken cancellation)
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            if (await organisations.FindAsync(id, cancellation) is not { } stored)
            {
                return null;
            }

            var agreed = stored.Value with
            {
                FrozenMonths = With(stored.Value.FrozenMonths, month, MonthLife.IsFrozen(state)),
                LockedMonths = state is MonthState.Locked or MonthState.Returned
                    ? With(stored.Value.LockedMonths, month, state == MonthState.Locked)
                    : stored.Value.LockedMonths,
            };
            var same = agreed.FrozenMonths.SequenceEqual(stored.Value.FrozenMonths)
                && agreed.LockedMonths.SequenceEqual(stored.Value.LockedMonths);
            if (same || await organisations.TryReplaceAsync(stored, agreed, cancellation))
            {
                settings.Forget(id);
                return agreed;
            }
        }

        throw new InvalidOperationException($"The settings of {id} changed {MostTurns} times while {month} was to be written into them.");
    }

    private static IReadOnlyList<YearMonth> With(IReadOnlyList<YearMonth> months, YearMonth month, bool there) =>
        [.. months.Where(m => m != month).Concat(there ? [month] : []).Order()];
}
