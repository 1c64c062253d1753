using Emargement.Domain.Platform;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Gates;

namespace Emargement.Functions.Signing;

/// <summary>Presence by the code typed from the screen: the code says where and when, the sign-in says who.</summary>
public sealed class CodeSigning(CurrentSessions sessions, TryGate gate, TimeProvider time) : IPresenceProof
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

        var now = time.GetUtcNow();
        var checks = candidates.Value
            .Select(
                s => (Scene: s, Check: PresenceCode.CheckTyped(
                    s.Session.Key.Span, ask.Organisation.Id, s.Session.Id, ask.Proof.Value, now)))
            .ToList();
        var shown = checks.FirstOrDefault(c => c.Check == CodeCheck.Valid).Scene;
        if (shown is null && checks.Any(c => c.Check == CodeCheck.Stale))
        {
            return Refusal.BadInput("code-stale");
        }

        var path = TryPath.Of(
            ask.Organisation.Id, "code", candidates.Value[0].Session.Id.ToString(), learner.Value.Key, ask.Network);
        Result<Proven>? outcome = shown is null
            ? Result<Proven>.FromRefusal(Refusal.BadInput("code-wrong"))
            : new Proven(shown, learner.Value, SigningMethod.Code, ask.Caller.Id, SignedIn: true);
        return (await gate.TellAsync(path, () => Task.FromResult(outcome), cancellation)).Answer();
    }
}
