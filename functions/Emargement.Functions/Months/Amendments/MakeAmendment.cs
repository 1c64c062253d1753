using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Months.Validation;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Months.Amendments;

/// <summary>
/// Makes what the Région agreed to: the facts of an amendment, under keys that follow from it, so that each is made once; then, once the
/// sheets and the export say them, the end of it.
/// </summary>
public sealed class MakeAmendment(MonthsTable months, FactsTable facts, MonthMarksTable marks, MonthMoves moves)
{
    private const int AtOnce = 8;

    /// <returns>The half-days that say more than their sheets; none of an amendment that is not agreed to.</returns>
    public async Task<IReadOnlyList<SessionId>> WriteAsync(
        OrganisationId organisation, YearMonth month, int number, CancellationToken cancellation)
    {
        if (await months.AmendmentAsync(organisation, month, number, cancellation) is not { State: AmendmentState.Agreed } agreed)
        {
            return [];
        }

        await Parallel.ForEachAsync(
            agreed.Corrections(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (made, token) => await facts.TryInsertAsync(organisation, made.Session, new NewFact(made.Fact), token));
        await marks.MarkAsync(organisation, month, cancellation);
        return [.. agreed.Items.Select(i => i.Session).Distinct().Order()];
    }

    /// <summary>Says that it is made, and which version says it.</summary>
    public async Task EndAsync(
        OrganisationId organisation, YearMonth month, int number, int? version, CancellationToken cancellation)
    {
        var agreed = await months.AmendmentAsync(organisation, month, number, cancellation)
            ?? throw new InvalidOperationException($"Amendment {month}/{number} of {organisation} is gone.");
        await moves.MoveAsync(
            organisation, month, "system",
            life => MonthMoves.Maybe(life.Amend(number, version)),
            life => MonthMoves.Fact(MonthEvent.Amended, version: life.Version),
            cancellation,
            amendment: life => agreed with { State = AmendmentState.Made, Version = life.Version });
    }
}
