using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Privacy.Holds;

/// <summary>Lifts a hold with four eyes: one manager asks, another agrees.</summary>
public sealed class LiftHold(LegalHoldsTable holds, AccountsTable accounts, TimeProvider time)
{
    /// <returns>What became of it, or <c>hold-unknown</c>,
    /// <c>hold-needs-another</c> for whoever asked already, by another account too, or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<LiftedHold>> RunAsync(Route<HoldId> hold, Caller by, CancellationToken cancellation)
    {
        if (await holds.FindAsync(hold.Organisation, hold.Id, cancellation) is not { } stored)
        {
            return Refusal.NotFound("hold-unknown");
        }

        // Who asked and is gone meanwhile counts no more: nobody knows whose second account this would be.
        if (await AccountAsync(hold.Organisation, stored.Value.LiftAskedBy, cancellation) is { } first)
        {
            return await AccountAsync(hold.Organisation, by.Id, cancellation) is not { } second || second.IsOfSameHuman(first)
                ? Refusal.Conflict("hold-needs-another")
                : await holds.TryDeleteAsync(hold.Organisation, stored, cancellation) ? new LiftedHold(null)
                : Refusal.Conflict("changed-meanwhile");
        }

        var asked = stored.Value with { LiftAskedBy = by.Id, LiftAskedAt = time.GetUtcNow() };
        return await holds.TryWriteAsync(hold.Organisation, stored, asked, cancellation)
            ? new LiftedHold(asked)
            : Refusal.Conflict("changed-meanwhile");
    }

    private async Task<Account?> AccountAsync(OrganisationId organisation, string? by, CancellationToken cancellation) =>
        AccountId.TryParse(by, out var id) ? (await accounts.FindAsync(organisation, id, cancellation))?.Value : null;
}

/// <param name="Waiting">The hold that waits for another manager; null when it is lifted.</param>
public sealed record LiftedHold(LegalHold? Waiting);
