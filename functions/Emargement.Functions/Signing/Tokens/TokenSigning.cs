using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Gates;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>Presence by a personal one-time code: it says who, and that the token is in the room now. Typed on any device, by someone
/// signed in, by someone who says the own reference or e-mail, or by nobody known where the Session is: then the roster's tokens are
/// compared. Each of the three is counted apart.</summary>
public sealed class TokenSigning(
    SessionScenes scenes,
    CurrentSessions sessions,
    TokensTable table,
    TokenCheck tokens,
    LoginsTable logins,
    TryGate gate,
    TimeProvider time) : IPresenceProof
{
    public ProofKind Kind => ProofKind.Token;

    public Task<Result<Proven>> ProveAsync(PresenceAsk ask, CancellationToken cancellation) =>
        ask.Proof.Login is { } login ? OfNamedAsync(ask, login, cancellation)
        : ask.SignedInLearner is { IsOk: true, Value: var learner } ? OfSignedInAsync(ask, learner, cancellation)
        : OfNobodyAsync(ask, cancellation);

    private async Task<Result<Proven>> OfSignedInAsync(PresenceAsk ask, Reference learner, CancellationToken cancellation)
    {
        var candidates = await sessions.OfLearnerAsync(ask, learner, SigningMethod.Token, cancellation);
        if (!candidates.IsOk)
        {
            return candidates.Refusal;
        }

        var used = await UseAsync(ask, learner, TokenTries.Own, cancellation);
        return used.IsOk ? Proof(candidates.Value[0], learner, signedIn: true) : used.Refusal;
    }

    // Nobody is signed in: whoever has no right code learns nothing of the name that they gave, neither whether it is somebody's nor
    // where that person is expected, by no word and by no call more or less.
    private async Task<Result<Proven>> OfNamedAsync(PresenceAsk ask, string login, CancellationToken cancellation)
    {
        if (ask.Request.Session is not { } id)
        {
            var known = await FindAsync(ask.Organisation.Id, login, cancellation);
            var holder = await UseNamedAsync(ask, login, known, cancellation);
            if (!holder.IsOk)
            {
                return holder.Refusal;
            }

            var found = await sessions.OfLearnerAsync(ask, holder.Value, SigningMethod.Token, cancellation);
            return found.IsOk ? Proof(found.Value[0], holder.Value, signedIn: false) : found.Refusal;
        }

        var scene = await OpenAsync(ask, id, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        var named = login.Contains('@', StringComparison.Ordinal)
            ? await FindAsync(ask.Organisation.Id, login, cancellation)
            : OnRoster(scene.Value, login);
        var expected = named is { } learner && scene.Value.Find(learner) is not null ? named : null;
        var used = await UseNamedAsync(ask, login, expected, cancellation);
        return used.IsOk ? Proof(scene.Value, used.Value, signedIn: false) : used.Refusal;
    }

    private async Task<Result<Proven>> OfNobodyAsync(PresenceAsk ask, CancellationToken cancellation)
    {
        if (ask.Request.Session is not { } id)
        {
            return Refusal.BadInput("session-missing");
        }

        var scene = await OpenAsync(ask, id, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        var code = TokenCodes.Normalise(ask.Proof.Value);
        var path = TryPath.Of(ask.Organisation.Id, "token", id.ToString(), ask.Network);
        var told = await gate.TellAsync(path, () => FitAsync(scene.Value, code, cancellation), cancellation, shared: true);
        if (told.Outcome is { IsOk: true, Value: var learner })
        {
            var taken = await tokens.TakeAsync(ask.Organisation.Id, learner, code!, cancellation);
            if (taken.IsOk)
            {
                return Proof(scene.Value, learner, signedIn: false);
            }

            told = await gate.TellAsync(path, () => Task.FromResult<Result<Reference>?>(taken), cancellation, shared: true);
        }

        // A classroom shares one network: whoever says who they are has a count of their own.
        var refusal = told.Answer().Refusal!;
        return refusal.Code == "locked"
            ? refusal with { Args = new Dictionary<string, string>(refusal.Args!) { ["identify"] = "true" } }
            : refusal;
    }

    private async Task<Result<SessionScene>> OpenAsync(PresenceAsk ask, SessionId id, CancellationToken cancellation)
    {
        var scene = await scenes.OpenAsync(ask.Organisation.Id, id, cancellation);
        return scene.IsOk && SigningRules.CheckSession(scene.Value, SigningMethod.Token, time.GetUtcNow()) is { } refusal ? refusal : scene;
    }

    private async Task<Result<Reference>?> FitAsync(SessionScene scene, string? code, CancellationToken cancellation)
    {
        var roster = code is null
            ? []
            : await table.LatelyAsync(scene.Organisation.Id, scene.Roster.Select(l => l.Learner), cancellation);
        var fitting = roster.Where(t => tokens.Fits(t, code!)).ToList();
        return fitting.Count switch
        {
            0 => Refusal.BadInput("token-wrong"),
            1 => fitting[0].Learner,

            // Two people show the same digits, once in some thousand half-days.
            _ => Refusal.Conflict("token-identify"),
        };
    }

    private async Task<Result<Reference>> UseNamedAsync(PresenceAsk ask, string login, Reference? learner, CancellationToken cancellation)
    {
        if (learner is { } known)
        {
            return await UseAsync(ask, known, ask.Network, cancellation);
        }

        // A name of nobody here has a count of its own too, as if it were somebody's. Like theirs it counts for no network: a call more
        // would tell whose name it is.
        var name = LoginName.TryParse(login, out var parsed) ? parsed.Key : "-";
        var told = await gate.TellAsync(
            TryPath.Of(ask.Organisation.Id, "name", name, ask.Network),
            () => Task.FromResult<Result<Reference>?>(Refusal.BadInput("token-wrong")),
            cancellation);
        return told.Answer();
    }

    private async Task<Result<Reference>> UseAsync(PresenceAsk ask, Reference learner, string path, CancellationToken cancellation) =>
        (await tokens.UseAsync(ask.Organisation.Id, learner, TokenCodes.Normalise(ask.Proof.Value), path, cancellation)).Answer();

    private async Task<Reference?> FindAsync(OrganisationId organisation, string login, CancellationToken cancellation)
    {
        if (!LoginName.TryParse(login, out var name))
        {
            return null;
        }

        // An e-mail that several learners share names none of them.
        var named = await logins.FindAsync(organisation, name, cancellation);
        return named.Where(l => l.Account.Kind == AccountKind.Learner).ToList() is [var only] ? only.Account.Person : null;
    }

    // As people type it: whatever its case, unless two references differ by that alone.
    private static Reference? OnRoster(SessionScene scene, string login)
    {
        if (!Reference.TryParse(login, out var named))
        {
            return null;
        }

        var alike = scene.Roster
            .Select(line => line.Learner)
            .Where(learner => learner.Value.Equals(named.Value, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return alike.Contains(named) ? named : alike is [var only] ? only : null;
    }

    private static Proven Proof(SessionScene scene, Reference learner, bool signedIn) =>
        new(scene, learner, SigningMethod.Token, $"learner:{learner}", signedIn);
}
