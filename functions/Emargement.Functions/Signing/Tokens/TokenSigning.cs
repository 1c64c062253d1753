using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>Presence by a personal one-time code: it says who, and that the token is in the room now. Typed on any device, by someone
/// signed in, by someone who says the own reference or e-mail, or by nobody known where the Session is: then the roster's tokens are
/// compared.</summary>
public sealed class TokenSigning(
    SessionScenes scenes,
    CurrentSessions sessions,
    TokensTable table,
    TokenCheck tokens,
    LoginsTable logins,
    AttemptGate attempts,
    TimeProvider time) : IPresenceProof
{
    public ProofKind Kind => ProofKind.Token;

    public async Task<Result<Proven>> ProveAsync(PresenceAsk ask, CancellationToken cancellation)
    {
        if (ask.Proof.Login is { } login)
        {
            return await FindLearnerAsync(ask, login, cancellation) is { } named
                ? await OfKnownAsync(ask, named, signedIn: false, cancellation)
                : await UnknownLoginAsync(ask, cancellation);
        }

        var learner = ask.SignedInLearner;
        return learner.IsOk ? await OfKnownAsync(ask, learner.Value, signedIn: true, cancellation) : await OfNobodyAsync(ask, cancellation);
    }

    private async Task<Result<Proven>> OfKnownAsync(PresenceAsk ask, Reference learner, bool signedIn, CancellationToken cancellation)
    {
        var candidates = await sessions.OfLearnerAsync(ask, learner, SigningMethod.Token, cancellation);
        if (!candidates.IsOk)
        {
            return candidates.Refusal;
        }

        var scene = candidates.Value[0];
        var path = AttemptPath.Of(scene.Session, ask.Network, learner);
        return await attempts.CheckAsync(path, cancellation) is { } locked
            ? locked
            : await UseAsync(ask, scene, learner, path, signedIn, cancellation);
    }

    private async Task<Result<Proven>> OfNobodyAsync(PresenceAsk ask, CancellationToken cancellation)
    {
        if (ask.Request.Session is not { } id)
        {
            return Refusal.BadInput("session-missing");
        }

        var found = await scenes.NowAsync(ask.Organisation.Id, id, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var scene = found.Value;
        if (SigningRules.CheckSession(scene, SigningMethod.Token, time.GetUtcNow()) is { } refusal)
        {
            return refusal;
        }

        var path = new AttemptPath(ask.Organisation.Id, id, ask.Network, AttemptPath.Nobody);
        if (await attempts.CheckAsync(path, cancellation) is { } locked)
        {
            // A classroom shares one network: whoever says who they are has a count of their own.
            return locked with { Args = new Dictionary<string, string>(locked.Args!) { ["identify"] = "true" } };
        }

        if (TokenCodes.Normalise(ask.Proof.Value) is not { } code)
        {
            return await attempts.FailAsync(path, "token-wrong", cancellation);
        }

        var roster = await table.FindAllAsync(ask.Organisation.Id, scene.Roster.Select(l => l.Learner), cancellation);
        var fitting = roster.Where(t => tokens.Fits(t.Value, code)).ToList();
        return fitting.Count switch
        {
            0 => await attempts.FailAsync(path, "token-wrong", cancellation),
            1 => await UseAsync(ask, scene, fitting[0].Value.Learner, path, signedIn: false, cancellation),

            // Two people show the same digits, once in some thousand half-days.
            _ => Refusal.Conflict("token-identify"),
        };
    }

    private async Task<Result<Proven>> UseAsync(
        PresenceAsk ask, SessionScene scene, Reference learner, AttemptPath path, bool signedIn, CancellationToken cancellation)
    {
        var used = TokenCodes.Normalise(ask.Proof.Value) is { } code
            ? await tokens.UseAsync(ask.Organisation.Id, learner, code, cancellation)
            : TokenCheckKind.Wrong;
        return used switch
        {
            TokenCheckKind.Accepted => new Proven(scene, learner, SigningMethod.Token, $"learner:{learner}", signedIn),
            TokenCheckKind.Used => Refusal.Conflict("token-used"),
            _ => await attempts.FailAsync(path, "token-wrong", cancellation),
        };
    }

    private async Task<Reference?> FindLearnerAsync(PresenceAsk ask, string login, CancellationToken cancellation)
    {
        if (!LoginName.TryParse(login, out var name))
        {
            return null;
        }

        var learners = (await logins.FindAsync(ask.Organisation.Id, name, cancellation)).Where(l => l.Account.Kind == AccountKind.Learner)
            .ToList();

        // An e-mail that several learners share names none of them.
        return learners.Count == 1 ? learners[0].Account.Person : null;
    }

    private async Task<Result<Proven>> UnknownLoginAsync(PresenceAsk ask, CancellationToken cancellation)
    {
        if (ask.Request.Session is not { } id)
        {
            return Refusal.BadInput("token-wrong");
        }

        var path = new AttemptPath(ask.Organisation.Id, id, ask.Network, AttemptPath.UnknownLogin);
        return await attempts.FailAsync(path, "token-wrong", cancellation);
    }
}
