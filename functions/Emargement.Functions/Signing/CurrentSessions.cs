using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing;

/// <summary>The Sessions that a known learner may mean.</summary>
public sealed class CurrentSessions(SessionScenes scenes, TimeProvider time)
{
    /// <summary>
    /// The Session that the request names, or those of the moment in which the learner may sign in this way, the running one first.
    /// </summary>
    /// <returns>At least one, or why there is none.</returns>
    public async Task<Result<IReadOnlyList<SessionScene>>> OfLearnerAsync(
        PresenceAsk ask, Reference learner, SigningMethod method, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (ask.Request.Session is { } named)
        {
            var scene = await scenes.OpenForAsync(ask.Organisation.Id, named, learner, cancellation);
            return !scene.IsOk ? scene.Refusal
                : SigningRules.Check(scene.Value, learner, method, now) is { } refusal ? refusal
                : Result<IReadOnlyList<SessionScene>>.FromT([scene.Value]);
        }

        Refusal? reason = null;
        var found = new List<SessionScene>();
        foreach (var session in await scenes.DayOfLearnerAsync(ask.Organisation, learner, day: null, cancellation))
        {
            var scene = await scenes.OpenForAsync(ask.Organisation.Id, session.Id, learner, cancellation);
            if (!scene.IsOk)
            {
                continue;
            }

            var refusal = SigningRules.Check(scene.Value, learner, method, now);
            reason = Nearer(reason, refusal);
            if (refusal is null)
            {
                found.Add(scene.Value);
            }
        }

        return found.Count == 0
            ? reason ?? Refusal.Conflict("no-session-now")
            : Result<IReadOnlyList<SessionScene>>.FromT(
                [.. found.OrderByDescending(s => s.Session.Start <= now && now <= s.Session.End).ThenBy(s => s.Session.Start)]);
    }

    // Of several Sessions that cannot be signed, the one that is about to be says more than one that is over.
    private static Refusal? Nearer(Refusal? known, Refusal? other) =>
        known is null || known.Code is "window-closed" or "session-closed" || other?.Code == "session-not-open" ? other ?? known : known;
}
