using System.Security.Cryptography;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Logins;
using Microsoft.AspNetCore.Identity;

namespace Emargement.Functions.Accounts;

/// <summary>Sets and checks passwords. A new one ends every sign-in made with the old.</summary>
public sealed class Passwords(AccountsTable accounts, Devices devices, PasswordTurns turns, IPasswordHasher<Account> hasher)
{
    /// <summary>Of PBKDF2 with HMAC-SHA-512, as OWASP asks (Password Storage).</summary>
    public const int Iterations = 210_000;

    private readonly Lazy<string> _nobodysHash = new(() => hasher.HashPassword(null!, NewStamp()));

    internal static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>
    /// Whose of these accounts the password is. Takes as long for no account, for one without a password and for one that is suspended.
    /// A hash from before the way of hashing moved is renewed: only now is the password known.
    /// </summary>
    internal async Task<Account?> WhoseAsync(
        OrganisationId organisation, IEnumerable<Account?> candidates, string password, CancellationToken cancellation)
    {
        foreach (var candidate in candidates)
        {
            var verdict = hasher.VerifyHashedPassword(candidate!, candidate?.PasswordHash ?? _nobodysHash.Value, password);
            if (candidate is not { PasswordHash: not null, Suspended: false } || verdict == PasswordVerificationResult.Failed)
            {
                continue;
            }

            if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            {
                await RenewAsync(organisation, candidate, password, cancellation);
            }

            return candidate;
        }

        return null;
    }

    /// <summary>Whose of these accounts the printed code is. Takes as long for no account, for one that has no code or too old a one, and
    /// for one that is suspended.</summary>
    internal Account? WhoseCode(IEnumerable<Account?> candidates, RecoveryCode code, DateTimeOffset now)
    {
        foreach (var candidate in candidates)
        {
            var verdict = hasher.VerifyHashedPassword(candidate!, candidate?.Recovery?.Hash ?? _nobodysHash.Value, code.Value);
            if (candidate is { Recovery: { } printed, Suspended: false } && printed.EndsAt > now
                && verdict != PasswordVerificationResult.Failed)
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>What is kept of an account's secret; null when it did not come to its turn.</summary>
    internal async Task<string?> HashAsync(Account account, string secret, CancellationToken cancellation)
    {
        using var turn = await turns.TakeAsync(account.Id.Key, cancellation);
        return turn is null ? null : hasher.HashPassword(account, secret);
    }

    /// <summary>Gives an account a password.</summary>
    /// <param name="known">The account as it was when its holder proved who they are; null when a
    /// manager sets the password. A password set since refuses this one.</param>
    /// <param name="keptDevice">The device on which its holder is changing it, which stays signed in.</param>
    /// <returns>The account as changed, or <c>account-unknown</c>, one of the password refusals, or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<Account>> SetAsync(
        OrganisationId organisation, AccountId id, string password, Account? known, string? keptDevice, CancellationToken cancellation)
    {
        var stored = await accounts.GetAsync(organisation, id, cancellation);
        if (!stored.IsOk)
        {
            return stored.Refusal;
        }

        var account = stored.Value.Value;
        if (known is not null && known.Stamp != account.Stamp)
        {
            return Refusal.Conflict("changed-meanwhile");
        }

        string[] own = [account.LastName, account.FirstName, id.Person.Value, account.Email?.Value ?? string.Empty];
        if (PasswordRules.Check(password, own) is { } refusal)
        {
            return refusal;
        }

        if (await HashAsync(account, password, cancellation) is not { } hash)
        {
            return PasswordTurns.Busy;
        }

        // Before the change, so that no sign-in outlives it when this stops in the middle; and after, for those of the meantime.
        await devices.RevokeAllAsync(organisation, id, keptDevice, cancellation);
        var changed = account with { PasswordHash = hash, Recovery = null, Stamp = NewStamp() };
        if (!await accounts.TryReplaceAsync(organisation, stored.Value, changed, cancellation))
        {
            return Refusal.Conflict("changed-meanwhile");
        }

        await devices.RevokeAllAsync(organisation, id, keptDevice, cancellation);
        return changed;
    }

    // The stamp stays: it is the same password, and no sign-in ends. Whoever wrote the row meanwhile goes first.
    private async Task RenewAsync(OrganisationId organisation, Account account, string password, CancellationToken cancellation)
    {
        if (await accounts.FindAsync(organisation, account.Id, cancellation) is { } stored
            && stored.Value.PasswordHash == account.PasswordHash)
        {
            var renewed = stored.Value with { PasswordHash = hasher.HashPassword(account, password) };
            await accounts.TryReplaceAsync(organisation, stored, renewed, cancellation);
        }
    }

}
