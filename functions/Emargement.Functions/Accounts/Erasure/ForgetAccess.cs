using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Accounts.OpenId;
using Emargement.Functions.Accounts.Passkeys;

namespace Emargement.Functions.Accounts.Erasure;

/// <summary>
/// Takes an account away with all by which it was entered: where it is signed in, passkeys, second step, provider, logins. The account
/// goes last, so that a run cut short is done again from what is left.
/// </summary>
public sealed class ForgetAccess(
    AccountsTable accounts,
    LoginsTable logins,
    FactorsTable factors,
    IdentitiesTable identities,
    ForgetPasskeys passkeys,
    EndSignIns end,
    Devices devices)
{
    /// <returns>False when there was no account.</returns>
    public async Task<bool> RunAsync(OrganisationId organisation, AccountId id, CancellationToken cancellation)
    {
        // The stamp first: a sign-in that is just being made ends, too.
        var ended = await end.RunAsync(organisation, id, except: null, cancellation);
        if (!ended.IsOk)
        {
            return ended.Refusal.Code == "account-unknown"
                ? false
                : throw new InvalidOperationException("An account kept changing while it was erased.");
        }

        await passkeys.RunAsync(organisation, id, only: null, cancellation);
        await factors.TryDeleteAsync(organisation, id, cancellation);
        if (ended.Value.Provider is { } person)
        {
            await identities.DeleteAsync(organisation, new Identity(person, id), cancellation);
        }

        foreach (var login in ended.Value.Logins)
        {
            await logins.RemoveAsync(organisation, login, cancellation);
        }

        await accounts.DeleteAsync(organisation, id, cancellation);
        await devices.RevokeAllAsync(organisation, id, except: null, cancellation);
        return true;
    }
}
