using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.Cookies;

/// <summary>Ends every sign-in of an account because a factor changed, those that are just being made and the links bound to it
/// too.</summary>
public sealed class EndSignIns(AccountsTable accounts, Devices devices)
{
    private const int MaxTries = 5;

    /// <param name="except">The device on which its holder is acting, if it stays.</param>
    /// <returns>The account as it is now, or <c>account-unknown</c> or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<Account>> RunAsync(
        OrganisationId organisation, AccountId id, string? except, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var stored = await accounts.GetAsync(organisation, id, cancellation);
            if (!stored.IsOk)
            {
                return stored.Refusal;
            }

            var changed = stored.Value.Value with { Stamp = Passwords.NewStamp() };
            if (await accounts.TryReplaceAsync(organisation, stored.Value, changed, cancellation))
            {
                await devices.RevokeAllAsync(organisation, id, except, cancellation);
                return changed;
            }
        }

        return Refusal.Conflict("changed-meanwhile");
    }
}
