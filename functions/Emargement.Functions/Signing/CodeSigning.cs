using Emargement.Domain.Platform;
using Emargement.Domain.Signing;

namespace Emargement.Functions.Signing;

/// <summary>Presence by the code typed from the screen: the code says where and when, the sign-in says who.</summary>
public sealed class CodeSigning(CurrentSessions sessions, AttemptGate attempts, TimeProvider time) : IPresenceProof
{
    public ProofKind Kind => ProofKind.Code;

    public async Task<Result<Proven>> ProveAsync(PresenceAsk ask, CancellationToken cancellation)
    {
        var learner = ask.SignedInLearner;
        if (!learner.IsOk)
        {
            return learner.Refusal;
        }

        var candidates = await sessions.OfLearnerAsync(ask, learner.Value, SigningMethod.Code, cancellation);
        if (!candidates.IsOk)
        {
            return candidates.Refusal;
        }

        var path = AttemptPath.Of(candidates.Value[0].Session, ask.Network, learner.Value);
        if (await attempts.CheckAsync(path, cancellation) is { } locked)
        {
            return locked;
        }

        var now = time.GetUtcNow();
        var checks = candidates.Value
            .Select(
                s => (Scene: s, Check: PresenceCode.CheckTyped(
                    s.Session.Key.Span, ask.Organisation.Id, s.Session.Id, ask.Proof.Value, now)))
            .ToList();
        if (checks.FirstOrDefault(c => c.Check == CodeCheck.Valid).Scene is { } scene)
        {
            return new Proven(scene, learner.Value, SigningMethod.Code, ask.Caller.Id, SignedIn: true);
        }

        return checks.Any(c => c.Check == CodeCheck.Stale)
            ? Refusal.BadInput("code-stale")
            : await attempts.FailAsync(path, "code-wrong", cancellation);
    }
}
