using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Sessions.Hand;

/// <param name="Drawing">SVG path of the trainer's signature; this or a typed name.</param>
public sealed record CountersignRequest(string? Drawing = null, string? TypedName = null);

/// <summary>The planned trainer signs a Session that somebody else closed: one more fact, and a version of the sheet with it.</summary>
public sealed class CountersignSession(SessionScenes scenes, FactsTable facts, TimeProvider time)
{
    public async Task<Result<Recorded<Countersigned>>> RunAsync(
        OrganisationId organisation, SessionId id, CountersignRequest request, Caller caller, CancellationToken cancellation)
    {
        var mark = SignatureMark.Parse(request.Drawing, request.TypedName, wanted: true);
        if (!mark.IsOk)
        {
            return mark.Refusal;
        }

        var scene = await scenes.NowAsync(organisation, id, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        var session = scene.Value.Session;
        if (caller.Kind != Callers.Trainer || session.TrainerRef != caller.Person)
        {
            return Refusal.Forbidden("countersign-not-yours");
        }

        if (session.State != SessionState.Closed)
        {
            return session.State == SessionState.Cancelled ? SessionLifecycle.NotOpen(session) : Refusal.Conflict("session-not-closed");
        }

        var known = await facts.OfSessionWithoutDrawingsAsync(organisation, id, cancellation);
        if (known.OfType<Countersigned>().FirstOrDefault() is { } first)
        {
            return new Recorded<Countersigned>(first, SealRequested.Of(organisation, id, first));
        }

        if (!Countersigned.IsWanted(session, known))
        {
            return SessionLifecycle.NotOpen(session);
        }

        if (scene.Value.Organisation.Refuses(id.Month) is { } closed)
        {
            return closed;
        }

        var signed = new Countersigned
        {
            At = time.GetUtcNow(),
            By = caller.Id,
            DrawingSha256 = mark.Value.Drawing?.Sha256,
            TypedName = mark.Value.TypedName,
        };

        // Of two clicks at once the first stands, and is what both are told.
        if (!await facts.TryInsertAsync(organisation, id, new NewFact(signed, mark.Value.Drawing?.Path), cancellation)
            && await facts.FindAsync(organisation, id, signed.Key, cancellation) is { Fact: Countersigned stood })
        {
            signed = stood;
        }

        return new Recorded<Countersigned>(signed, SealRequested.Of(organisation, id, signed));
    }
}
