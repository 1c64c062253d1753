using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Sessions.Hand;

/// <summary>
/// A trainer takes over a colleague's Session, from a quarter of an hour before its start to its end, while nobody has opened it: from then
/// on it is theirs, and the sheet names both.
/// </summary>
public sealed class TakeOverSession(
    OrganisationSettings organisations, SessionsTable sessions, HandWriter writer, WarnOfEdit warn, TimeProvider time)
{
    public async Task<Result<EditedSession>> RunAsync(
        OrganisationId organisation, SessionId id, Caller caller, CancellationToken cancellation)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        if (await sessions.FindAsync(organisation, id, cancellation) is not { } stored)
        {
            return Refusal.NotFound("session-not-found");
        }

        var now = time.GetUtcNow();
        if (stored.Value.TrainerRef == caller.Person)
        {
            return await warn.RunAsync(settings.Value, stored, null, cancellation);
        }

        if (!Takeover.IsOpen(stored.Value, settings.Value, now))
        {
            return Refusal.Conflict("takeover-refused");
        }

        var act = new EditAct(now, caller.Id, Reason: null);
        var taken = stored.Value with
        {
            TrainerRef = caller.Person,
            CoTrainerRefs = [.. stored.Value.CoTrainerRefs.Where(t => t != caller.Person)],
        };
        var marked = EditTrace.Marked(stored.Value, taken, act, settings.Value.Zone.DateAt(now));
        return await writer.WriteAsync(stored, marked, cancellation) is { } written
            ? await warn.RunAsync(settings.Value, written, null, cancellation)
            : Refusal.Conflict("takeover-refused");
    }
}
