using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing.Tablet;

/// <summary>
/// Presence on the device that the trainer opened for one Session and hands round: the learner picks the own name. It serves that Session
/// only.
/// </summary>
public sealed class TabletSigning(SessionScenes scenes, TimeProvider time) : IPresenceProof
{
    public ProofKind Kind => ProofKind.Tablet;

    public async Task<Result<Proven>> ProveAsync(PresenceAsk ask, CancellationToken cancellation)
    {
        if (ask.Caller.Kind != Callers.Tablet || !ask.Caller.IsOf(ask.Organisation.Id) || ask.Caller.Session is not { } id)
        {
            return Refusal.Of("not-signed-in", RefusalKind.NotSignedIn);
        }

        if (ask.Request.Session is { } named && named != id)
        {
            return Refusal.Forbidden("not-your-session");
        }

        if (ask.Proof.Learner is not { } learner)
        {
            return Refusal.BadInput("learner-missing");
        }

        var scene = await scenes.OpenForAsync(ask.Organisation.Id, id, learner, cancellation);
        return !scene.IsOk ? scene.Refusal
            : SigningRules.Check(scene.Value, learner, SigningMethod.Tablet, time.GetUtcNow()) is { } refusal ? refusal
            : new Proven(scene.Value, learner, SigningMethod.Tablet, ask.Caller.Id, SignedIn: true);
    }
}
