using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Months.Validation;

/// <summary>What was confirmed.</summary>
public sealed record TakeoverConfirmed(SessionId Session);

/// <summary>A manager's word that a trainer was right to take over a colleague's half-day: it waits no more. Said again, it is the same
/// word.</summary>
public sealed class ConfirmTakeover(SessionsTable sessions, MonthsTable months, MonthMoves moves, PendingTable pending, TimeProvider time)
{
    /// <returns>The half-day; or <c>session-not-found</c>, <c>pending-unknown</c> when nobody took it over, or why its month no longer
    /// changes.</returns>
    public async Task<Result<TakeoverConfirmed>> RunAsync(
        Organisation organisation, SessionId id, Caller caller, CancellationToken cancellation)
    {
        if ((await sessions.FindAsync(organisation.Id, id, cancellation))?.Value is not { } session)
        {
            return Refusal.NotFound("session-not-found");
        }

        if (Takeover.Of(session) is not { } taken)
        {
            return Refusal.NotFound("pending-unknown");
        }

        if (organisation.Refuses(id.Month) is { } closed)
        {
            return closed;
        }

        var confirmed = new TakeoverConfirmed(id);
        var said = await months.AcceptedAsync(organisation.Id, id.Month, cancellation);
        if (said.Any(a => a.Code == Takeover.Code && a.Session == id && a.At >= taken.At))
        {
            return confirmed;
        }

        var word = new Acceptance(Takeover.Code, id, null, "", caller.Id, time.GetUtcNow());
        var moved = await moves.MoveAsync(
            organisation.Id, id.Month, caller.Id, life => life.Accept(),
            _ => MonthMoves.Fact(MonthEvent.Accepted) with { Code = Takeover.Code, Count = 1 }, cancellation, [word]);
        if (!moved.IsOk)
        {
            return moved.Refusal;
        }

        await pending.RemoveAsync(organisation.Id, PendingItem.IdOf(PendingKind.Takeover, id), cancellation);
        return confirmed;
    }
}
