using Emargement.Domain.Platform;

namespace Emargement.Functions.Signing;

/// <summary>Presence at a distance Session: a signed-in learner, from anywhere, while it is open and inside its window.</summary>
public sealed class RemoteSigning(CurrentSessions sessions) : IPresenceProof
{
    public ProofKind Kind => ProofKind.Remote;

    public async Task<Result<Proven>> ProveAsync(PresenceAsk ask, CancellationToken cancellation)
    {
        var learner = ask.SignedInLearner;
        if (!learner.IsOk)
        {
            return learner.Refusal;
        }

        var candidates = await sessions.OfLearnerAsync(ask, learner.Value, SigningMethod.Remote, cancellation);
        return candidates.IsOk
            ? new Proven(candidates.Value[0], learner.Value, SigningMethod.Remote, ask.Caller.Id, SignedIn: true)
            : candidates.Refusal;
    }
}
