using Emargement.Domain.Platform;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Codes;
using Emargement.Functions.Platform.Gates;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>
/// Judges a learner's one-time codes. One write, with the ETag of what was read, takes a right code and counts the try: of two equal codes
/// sent at once one is refused, and of a thousand guesses sent at once five are told.
/// </summary>
public sealed class TokenCheck(TokensTable table, TimeProvider time, ILogger<TokenCheck> logger)
{
    private readonly Turns<(OrganisationId Organisation, Reference Learner, string Path)> _turns = new();

    /// <summary>Takes a code under the learner's name: one read, one write, right or wrong.</summary>
    /// <param name="code">As <see cref="TokenCodes.Normalise"/> gave it; null when what was typed is none.</param>
    /// <param name="path">Where the try is counted, as in <see cref="TokenTries"/>.</param>
    /// <returns>What may be told: the learner, or <c>token-used</c>, <c>token-drifts</c> or <c>token-wrong</c>.</returns>
    public async Task<Told<Reference>> UseAsync(
        OrganisationId organisation, Reference learner, string? code, string path, CancellationToken cancellation)
    {
        // As at the gate, for names of nobody: many at once take as long.
        using var turn = await _turns.TakeAsync((organisation, learner, path), cancellation);
        while (true)
        {
            var read = await table.FindAsync(organisation, learner, cancellation);
            var now = time.GetUtcNow();
            if (read.Value.Tries.LockedUntil(path, now) is { } until)
            {
                return new Told<Reference>(null, until, 0);
            }

            var (verdict, memory) = Judge(read.Value, code, now);
            var tries = read.Value.Tries.Next(path, verdict == TokenVerdict.Accepted, now);
            if (await table.TryWriteUseAsync(organisation, read, read.Value with { Memory = memory, Tries = tries }, cancellation))
            {
                var locked = tries.LockedUntil(path, now);
                if (locked is not null && verdict != TokenVerdict.Accepted)
                {
                    GateLog.Locked(logger, organisation, path == TokenTries.Own ? "own-token" : "named-token");
                }

                return new Told<Reference>(Outcome(learner, verdict), locked, tries.Of(path).Left);
            }
        }
    }

    /// <summary>Takes a code that fits nobody else's token and that its own path has counted: one read, one write.</summary>
    /// <returns>The learner, or <c>token-used</c> or <c>token-wrong</c>, which are still to be counted.</returns>
    public async Task<Result<Reference>> TakeAsync(
        OrganisationId organisation, Reference learner, string code, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await table.FindAsync(organisation, learner, cancellation);
            var (verdict, memory) = Judge(read.Value, code, time.GetUtcNow());
            if (verdict != TokenVerdict.Accepted)
            {
                return Outcome(learner, verdict == TokenVerdict.Used ? verdict : TokenVerdict.Wrong);
            }

            if (await table.TryWriteUseAsync(organisation, read, read.Value with { Memory = memory }, cancellation))
            {
                return learner;
            }
        }
    }

    /// <summary>Whether a code is this token's, used or not, by the clock that it is known to have.</summary>
    public bool Fits(PersonalToken token, string code) =>
        Judge(token, code, time.GetUtcNow()).Verdict is TokenVerdict.Accepted or TokenVerdict.Used;

    private static Result<Reference> Outcome(Reference learner, TokenVerdict verdict) => verdict switch
    {
        TokenVerdict.Accepted => learner,
        TokenVerdict.Used => Refusal.Conflict("token-used"),
        TokenVerdict.OneMore => Refusal.BadInput("token-drifts"),
        _ => Refusal.BadInput("token-wrong"),
    };

    private static (TokenVerdict Verdict, TokenMemory After) Judge(PersonalToken token, string? code, DateTimeOffset now)
    {
        var memory = token.Memory;
        return code is not null && token.Secret is not null && TokenCodes.StepOf(token.Secret, code, now, memory.Drift) is { } step
                ? memory.Judge(step, TimeCodes.ClockStep(now))
            : code is not null && token.CardSecret is not null && TokenCodes.CardIndexOf(token.CardSecret, code) is { } index
                ? memory.JudgeCard(index)
            : (TokenVerdict.Wrong, memory);
    }
}
