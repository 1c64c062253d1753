using System.Security.Cryptography;
using Emargement.Domain.Accounts;
using Emargement.Functions.Accounts.Logins;
using Microsoft.AspNetCore.Identity;

namespace Emargement.Functions.Accounts.Factors;

/// <summary>
/// Recovery codes: drawn, kept and found. They have 80 bits, under the 112 at which a fast hash would do (OWASP ASVS 5.0, 6.5.2), so each
/// is kept as a slow hash behind its two first characters, which differ: whoever gives one waits for one hash.
/// </summary>
public sealed class SpareCodes(IPasswordHasher<Account> hasher, PasswordTurns turns)
{
    /// <summary>Ten new codes.</summary>
    public static IReadOnlyList<string> Draw()
    {
        var codes = new Dictionary<string, string>();
        while (codes.Count < SpareCode.Count)
        {
            var code = RandomNumberGenerator.GetString(SpareCode.Alphabet, SpareCode.Length);
            codes.TryAdd(code[..SpareCode.PrefixLength], code);
        }

        return [.. codes.Values];
    }

    /// <returns>How the codes are kept; null when there was no time to hash them.</returns>
    public async Task<IReadOnlyList<string>?> KeptAsync(AccountId account, IEnumerable<string> codes, CancellationToken cancellation)
    {
        var kept = new List<string>();
        foreach (var code in codes)
        {
            using var turn = await turns.TakeAsync(account.Key, cancellation);
            if (turn is null)
            {
                return null;
            }

            kept.Add(code[..SpareCode.PrefixLength] + hasher.HashPassword(null!, code));
        }

        return kept;
    }

    /// <summary>Which of the kept ones this code is.</summary>
    /// <returns>Whether there was time to look, and the kept one, null when it is none of them.</returns>
    public async Task<(bool Looked, string? Kept)> FindAsync(
        AccountId account, IReadOnlyList<string> kept, string code, CancellationToken cancellation)
    {
        using var turn = await turns.TakeAsync(account.Key, cancellation);
        var named = kept.FirstOrDefault(k => k.StartsWith(code[..SpareCode.PrefixLength], StringComparison.Ordinal));
        return turn is null ? (false, null)
            : named is not null
                && hasher.VerifyHashedPassword(null!, named[SpareCode.PrefixLength..], code) != PasswordVerificationResult.Failed
                ? (true, named)
            : (true, null);
    }
}
