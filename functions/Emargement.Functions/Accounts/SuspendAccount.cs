using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Accounts;

/// <summary>
/// Takes an account out of use, or gives it back: suspended, it signs nobody in, its devices are signed out, its links and its code on
/// paper are void. What its holder signed and wrote stays.
/// </summary>
public sealed class SuspendAccount(AccountsTable accounts, Devices devices)
{
    /// <param name="by">Who asks: nobody shuts themselves out, so that an organisation keeps a manager.</param>
    /// <returns>The account as it is now, or <c>account-unknown</c>, <c>own-account</c> or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<Account>> RunAsync(Route<AccountId> account, bool suspended, Caller by, CancellationToken cancellation)
    {
        if (by.Account == account.Id)
        {
            return Refusal.Conflict("own-account");
        }

        var stored = await accounts.GetAsync(account.Organisation, account.Id, cancellation);
        if (!stored.IsOk)
        {
            return stored.Refusal;
        }

        var known = stored.Value.Value;
        var changed = known with { Suspended = suspended, Recovery = null, Stamp = Passwords.NewStamp() };
        if (known.Suspended != suspended && !await accounts.TryReplaceAsync(account.Organisation, stored.Value, changed, cancellation))
        {
            return Refusal.Conflict("changed-meanwhile");
        }

        // Also when it is suspended already: an earlier call may have stopped here.
        if (suspended)
        {
            await devices.RevokeAllAsync(account.Organisation, account.Id, except: null, cancellation);
        }

        return known with { Suspended = suspended };
    }
}
