using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;

namespace Emargement.Functions.Months.Validation;

/// <summary>What a validation comes to, once its month is calculated again.</summary>
public sealed class ConcludeValidation(PendingTable pending, MonthMoves moves, MonthFreezer freezer)
{
    /// <summary>Opens the month again when something stands against it after all.</summary>
    /// <param name="run">Of the validation.</param>
    /// <returns>Whether its export is to be written.</returns>
    public async Task<bool> CheckAsync(OrganisationId organisation, YearMonth month, string run, CancellationToken cancellation)
    {
        var blocked = (await pending.ListAsync(organisation, month, cancellation)).Any(p => p.Blocks is not null);
        var life = blocked
            ? await moves.MoveAsync(
                organisation, month, "system", l => Maybe(l.Reopen(run)), _ => MonthMoves.Fact(MonthEvent.Reopened), cancellation)
            : await moves.FindAsync(organisation, month, cancellation);

        // Also puts right what stopped between the settings and the row.
        await freezer.AgreeAsync(organisation, month, life.Value!.State, cancellation);
        return life.Value.State == MonthState.Validated && life.Value.Run == run;
    }

    /// <summary>Says that the export is written.</summary>
    /// <param name="version">Null when there was nothing to send.</param>
    public async Task SentAsync(OrganisationId organisation, YearMonth month, string run, int? version, CancellationToken cancellation) =>
        await moves.MoveAsync(
            organisation, month, "system", life => Maybe(life.Send(run, version)),
            life => MonthMoves.Fact(MonthEvent.Sent, version: version), cancellation);

    private static Result<MonthLife>? Maybe(MonthLife? life) => life is null ? MonthMoves.Stay : Result<MonthLife>.FromT(life);
}
