using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Months.Records;

namespace Emargement.Functions.Months.Validation;

/// <summary>Where a month stands, as an answer.</summary>
public sealed record MonthMoved(YearMonth Month, MonthState State);

/// <summary>Moves a month along its life: one transaction, tried again when somebody else was faster.</summary>
public sealed class MonthMoves(MonthsTable months, TellRegion region, TimeProvider time)
{
    // Each turn is lost only to another move of the same month.
    private const int MostTurns = 20;

    /// <summary>Where it stands.</summary>
    public async Task<Result<MonthLife>> FindAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation) =>
        (await months.FindAsync(organisation, month, cancellation)).Value;

    /// <param name="move">What it becomes; null when there is nothing to do.</param>
    /// <param name="fact">What happened, of the month as it becomes: its number, author and instant are filled in.</param>
    /// <param name="accepted">What is accepted by it, up to <see cref="MonthsTable.MostAccepted"/>.</param>
    /// <param name="amendment">What an amendment becomes by it, of the month as it becomes.</param>
    /// <returns>The month as it is then, or the move's refusal, or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<MonthLife>> MoveAsync(
        OrganisationId organisation,
        YearMonth month,
        string by,
        Func<MonthLife, Result<MonthLife>?> move,
        Func<MonthLife, MonthFact> fact,
        CancellationToken cancellation,
        IReadOnlyCollection<Acceptance>? accepted = null,
        Func<MonthLife, Amendment>? amendment = null)
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var read = await months.FindAsync(organisation, month, cancellation);
            if (move(read.Value) is not { } moved)
            {
                // Whoever moved it may have stopped before the Région was told.
                await region.RunAsync(organisation, month, cancellation);
                return read.Value;
            }

            if (!moved.IsOk)
            {
                return moved.Refusal;
            }

            var happened = fact(moved.Value) with { N = moved.Value.Facts, By = by, At = time.GetUtcNow() };
            if (await months.TryMoveAsync(
                organisation, read, moved.Value, happened, accepted ?? [], cancellation, amendment?.Invoke(moved.Value)))
            {
                await region.RunAsync(organisation, month, cancellation);
                return moved.Value;
            }
        }

        return Refusal.Conflict("changed-meanwhile");
    }

    /// <summary>There is nothing to do.</summary>
    public static Result<MonthLife>? Stay { get; }

    /// <summary>A move that may be none.</summary>
    public static Result<MonthLife>? Maybe(MonthLife? life) => life is null ? Stay : Result<MonthLife>.FromT(life);

    /// <summary>Something that happened, without what <see cref="MoveAsync"/> fills in.</summary>
    public static MonthFact Fact(MonthEvent what, string? reason = null, int? version = null) =>
        new(0, what, "", default, reason, Version: version);
}
