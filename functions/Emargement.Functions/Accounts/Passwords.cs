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
    private readonly Lazy<string> _nobodysHash = new(() => hasher.HashPassword(null!, NewStamp()));

    internal static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Whether the password is the account's. Takes as long without an account or a password, or when it is suspended.</summary>
    internal bool IsRight(Account? account, string password)
    {
        var verdict = hasher.VerifyHashedPassword(account!, account?.PasswordHash ?? _nobodysHash.Value, password);
        return account is { PasswordHash: not null, Suspended: false } && verdict != PasswordVerificationResult.Failed;
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
        var changed = account with { PasswordHash = hash, Stamp = NewStamp() };
        if (!await accounts.TryReplaceAsync(organisation, stored.Value, changed, cancellation))
        {
            return Refusal.Conflict("changed-meanwhile");
        }

        await devices.RevokeAllAsync(organisation, id, keptDevice, cancellation);
        return changed;
    }

    private async Task<string?> HashAsync(Account account, string password, CancellationToken cancellation)
    {
        using var turn = await turns.TakeAsync(account.Id.Key, cancellation);
        return turn is null ? null : hasher.HashPassword(account, password);
    }
}
