using System.Security.Cryptography;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;
using Emargement.Domain.Signing;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions.Hand;
using Emargement.Functions.Sessions.Modes;

namespace Emargement.Functions.Sessions;

/// <summary>An open Session with the key from which the trainer's page derives its codes.</summary>
public sealed record OpenedSession(Session Session, SigningWindow Window, DateTimeOffset ServerTime);

/// <summary>
/// Opens a Session: three storage calls (read, change, fact). Every retry, second screen or second person receives the same key.
/// </summary>
public sealed class OpenSession(
    OrganisationSettings organisations, SessionsTable sessions, FactsTable facts, SessionScenes scenes, HandWriter hand,
    GroupModesTable modes, TimeProvider time)
{
    /// <returns>The open Session, or <c>session-not-found</c>, <c>not-your-session</c>, <c>window-not-open</c>, <c>window-closed</c>,
    /// <c>session-closed</c>, <c>session-cancelled</c>, <c>group-on-paper</c>.</returns>
    public async Task<Result<OpenedSession>> RunAsync(
        OrganisationId organisation, SessionId id, Caller caller, CancellationToken cancellation)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        while (true)
        {
            if (await sessions.FindAsync(organisation, id, cancellation) is not { } stored)
            {
                return Refusal.NotFound("session-not-found");
            }

            if (SessionStaff.Check(caller, stored.Value) is { } notYours)
            {
                return notYours;
            }

            if (await modes.IsOnPaperAsync(stored.Value, cancellation))
            {
                return GroupModes.OnPaper(stored.Value);
            }

            var now = time.GetUtcNow();
            var key = RandomNumberGenerator.GetBytes(PresenceCode.KeyLength);
            var opened = SessionLifecycle.Open(stored.Value, settings.Value, caller.Kind == Callers.Manager, key, now);
            if (!opened.IsOk)
            {
                return opened.Refusal;
            }

            // Somebody else changed it between the read and this: what they made of it decides.
            if (opened.Value.State != stored.Value.State && !await sessions.TryReplaceAsync(stored, opened.Value, cancellation))
            {
                continue;
            }

            // Also on a retry: the earlier try may have stopped before its fact.
            var fact = new Opened { At = opened.Value.OpenedAt ?? now, By = caller.Id };
            await facts.TryOpenAsync(organisation, id, fact, cancellation);
            await hand.TraceAsync(opened.Value, PlanningFacts.Of(opened.Value), cancellation);
            scenes.Forget(opened.Value);
            return new OpenedSession(opened.Value, SigningWindow.Of(opened.Value, settings.Value), now);
        }
    }
}
