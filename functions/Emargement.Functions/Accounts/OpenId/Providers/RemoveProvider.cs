using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;

namespace Emargement.Functions.Accounts.OpenId.Providers;

/// <summary>Takes a provider away. Whoever came in by it is signed out, and comes in again by another invitation.</summary>
public sealed class RemoveProvider(
    OpenIdProvidersTable table, OpenIdProviders known, IdentitiesTable identities, AccountsTable accounts, Devices devices)
{
    /// <returns>The provider that is gone, or <c>provider-unknown</c> or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<OpenIdProvider>> RunAsync(OrganisationId organisation, string id, CancellationToken cancellation)
    {
        if (await table.FindAsync(organisation, id, cancellation) is not { } stored)
        {
            return Refusal.NotFound("provider-unknown");
        }

        // The provider last: a run cut short is done again.
        foreach (var identity in await identities.ListAsync(organisation, id, cancellation))
        {
            var account = await accounts.FindAsync(organisation, identity.Account, cancellation);
            if (account is { Value: var bound } && bound.Provider == identity.Person && !await accounts.TryReplaceAsync(
                organisation, account, bound with { Provider = null, Stamp = Passwords.NewStamp() }, cancellation))
            {
                return Refusal.Conflict("changed-meanwhile");
            }

            await devices.RevokeAllAsync(organisation, identity.Account, except: null, cancellation);
            await identities.DeleteAsync(organisation, identity, cancellation);
        }

        var gone = await table.TryDeleteAsync(organisation, stored, cancellation);
        known.Forget(organisation);
        return gone ? stored.Value : Refusal.Conflict("changed-meanwhile");
    }
}
