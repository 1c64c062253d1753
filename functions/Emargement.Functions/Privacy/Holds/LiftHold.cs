using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Privacy.Holds;

/// <summary>Lifts a hold with four eyes: one manager asks, another agrees.</summary>
public sealed class LiftHold(LegalHoldsTable holds, TimeProvider time)
{
    /// <returns>What became of it, or <c>hold-unknown</c>,
    /// <c>hold-needs-another</c> for whoever asked already, or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<LiftedHold>> RunAsync(Route<HoldId> hold, Caller by, CancellationToken cancellation)
    {
        if (await holds.FindAsync(hold.Organisation, hold.Id, cancellation) is not { } stored)
        {
            return Refusal.NotFound("hold-unknown");
        }

        if (stored.Value.LiftAskedBy == by.Id)
        {
            return Refusal.Conflict("hold-needs-another");
        }

        if (stored.Value.LiftAskedBy is not null)
        {
            return await holds.TryDeleteAsync(hold.Organisation, stored, cancellation)
                ? new LiftedHold(null)
                : Refusal.Conflict("changed-meanwhile");
        }

        var asked = stored.Value with { LiftAskedBy = by.Id, LiftAskedAt = time.GetUtcNow() };
        return await holds.TryWriteAsync(hold.Organisation, stored, asked, cancellation)
            ? new LiftedHold(asked)
            : Refusal.Conflict("changed-meanwhile");
    }
}

/// <param name="Waiting">The hold that waits for another manager; null when it is lifted.</param>
public sealed record LiftedHold(LegalHold? Waiting);
