using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Planning.Runs;

namespace Emargement.Functions.Months.Validation;

/// <summary>What becomes of a validated month.</summary>
public enum ValidationVerdict
{
    /// <summary>Something stands against it, or it is no longer this validation's.</summary>
    Open,

    /// <summary>Its export is to be written.</summary>
    Send,

    /// <summary>An import that began before the month was frozen may write into it still.</summary>
    Again,
}

/// <summary>What a validation comes to, once its month is calculated again.</summary>
public sealed class ConcludeValidation(PendingTable pending, ImportLeases imports, MonthMoves moves, MonthFreezer freezer)
{
    /// <summary>Opens the month again when something stands against it after all.</summary>
    /// <param name="run">Of the validation.</param>
    /// <param name="last">Whether an import is waited for no longer.</param>
    public async Task<ValidationVerdict> JudgeAsync(
        OrganisationId organisation, YearMonth month, string run, bool last, CancellationToken cancellation)
    {
        var isImporting = await imports.HolderAsync(organisation, cancellation) is not null;
        if (isImporting && !last)
        {
            return ValidationVerdict.Again;
        }

        var blocked = isImporting || (await pending.ListAsync(organisation, month, cancellation)).Any(p => p.Blocks is not null);
        var life = blocked
            ? await moves.MoveAsync(
                organisation, month, "system", l => MonthMoves.Maybe(l.Reopen(run)), _ => MonthMoves.Fact(MonthEvent.Reopened),
                cancellation)
            : await moves.FindAsync(organisation, month, cancellation);

        // Also puts right what stopped between the settings and the row.
        await freezer.AgreeAsync(organisation, month, life.Value!.State, cancellation);
        return life.Value.State == MonthState.Validated && life.Value.Run == run ? ValidationVerdict.Send : ValidationVerdict.Open;
    }

    /// <summary>Says that the export is written.</summary>
    /// <param name="version">Null when there was nothing to send.</param>
    public async Task SentAsync(OrganisationId organisation, YearMonth month, string run, int? version, CancellationToken cancellation) =>
        await moves.MoveAsync(
            organisation, month, "system", life => MonthMoves.Maybe(life.Send(run, version)),
            life => MonthMoves.Fact(MonthEvent.Sent, version: version), cancellation);
}
