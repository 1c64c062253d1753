using Emargement.Domain.Platform;
using Emargement.Domain.Signing;

namespace Emargement.Functions.Signing.Tokens;

public enum TokenCheckKind
{
    Accepted,
    Used,
    Wrong,
}

/// <summary>
/// Accepts a learner's one-time code, once: what was used is written with the ETag under which it was read, so that of two equal codes sent
/// at once one is refused.
/// </summary>
public sealed class TokenCheck(TokensTable table, TimeProvider time)
{
    public async Task<TokenCheckKind> UseAsync(OrganisationId organisation, Reference learner, string code, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await table.FindAsync(organisation, learner, cancellation);
            var (kind, memory) = Judge(read.Value, code, time.GetUtcNow());
            if (kind != TokenCheckKind.Accepted
                || await table.TryWriteAsync(organisation, read, read.Value with { Memory = memory }, cancellation))
            {
                return kind;
            }
        }
    }

    /// <summary>Whether a code is this token's, used or not.</summary>
    public bool Fits(PersonalToken token, string code) => Judge(token, code, time.GetUtcNow()).Kind != TokenCheckKind.Wrong;

    private static (TokenCheckKind Kind, TokenMemory Memory) Judge(PersonalToken token, string code, DateTimeOffset now)
    {
        var memory = token.Memory;
        if (token.Secret is not null && TokenCodes.StepOf(token.Secret, code, now) is { } step)
        {
            return memory.Accept(step) is { } after ? (TokenCheckKind.Accepted, after) : (TokenCheckKind.Used, memory);
        }

        if (token.CardSecret is not null && TokenCodes.CardIndexOf(token.CardSecret, code) is { } index)
        {
            return memory.AcceptCard(index) is { } after ? (TokenCheckKind.Accepted, after) : (TokenCheckKind.Used, memory);
        }

        return (TokenCheckKind.Wrong, memory);
    }
}
