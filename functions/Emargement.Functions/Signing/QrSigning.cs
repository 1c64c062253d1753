using Emargement.Domain.Platform;
using Emargement.Domain.Signing;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing;

/// <summary>Presence by the scanned QR code: the code says where and when, the sign-in says who.</summary>
public sealed class QrSigning(SessionScenes scenes, TimeProvider time) : IPresenceProof
{
    public ProofKind Kind => ProofKind.Qr;

    public async Task<Result<Proven>> ProveAsync(PresenceAsk ask, CancellationToken cancellation)
    {
        var learner = ask.SignedInLearner;
        if (!learner.IsOk)
        {
            return learner.Refusal;
        }

        if (ask.Request.Session is not { } id)
        {
            return Refusal.BadInput("session-missing");
        }

        var found = await scenes.OpenForAsync(ask.Organisation.Id, id, learner.Value, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var (scene, now) = (found.Value, time.GetUtcNow());
        if (SigningRules.Check(scene, learner.Value, SigningMethod.Qr, now) is { } refusal)
        {
            return refusal;
        }

        // Of 128 bits: nobody guesses it, so nothing is counted and nothing can be locked.
        return PresenceCode.CheckQr(scene.Session.Key.Span, ask.Organisation.Id, id, ask.Proof.Value, ask.Known?.ShownAt ?? now) switch
        {
            CodeCheck.Valid => new Proven(scene, learner.Value, SigningMethod.Qr, ask.Caller.Id, SignedIn: true),
            CodeCheck.Stale => Refusal.BadInput("code-stale"),
            _ => Refusal.BadInput("qr-invalid"),
        };
    }
}
