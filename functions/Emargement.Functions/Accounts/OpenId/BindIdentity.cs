using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Accounts.OpenId;

/// <summary>Joins a person of a provider to the account that a link of theirs opens: the one way in which that is ever done.</summary>
public sealed class BindIdentity(Activations activations, IdentitiesTable identities, AccountsTable accounts, ILinks links)
{
    /// <param name="kinds">What their roles there are here.</param>
    /// <param name="secret">Of the link.</param>
    /// <returns>The account, or why the link opens nothing, <c>oidc-role-missing</c>, <c>identity-taken</c> or
    /// <c>changed-meanwhile</c>.</returns>
    public async Task<Result<Account>> RunAsync(
        OrganisationId organisation,
        ProviderPerson person,
        IReadOnlyList<AccountKind> kinds,
        string secret,
        CancellationToken cancellation)
    {
        var found = await activations.FindAsync(secret, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var (link, account) = (found.Value.Link, found.Value.Account);
        if (link.Organisation != organisation || link.Purpose != LinkPurpose.Activate)
        {
            return Refusal.NotFound("link-unknown");
        }

        if (!kinds.Contains(account.Id.Kind))
        {
            return Refusal.Forbidden("oidc-role-missing");
        }

        // First the person: one whom the account does not name opens nothing.
        var identity = new Identity(person, account.Id);
        if (!await identities.TryBindAsync(organisation, identity, cancellation))
        {
            return Refusal.Conflict("identity-taken");
        }

        // The new stamp voids the link, and whatever else was on its way to this account.
        var stored = await accounts.GetAsync(organisation, account.Id, cancellation);
        var bound = account with { Provider = person, Stamp = Passwords.NewStamp() };
        if (!stored.IsOk || stored.Value.Value.Stamp != account.Stamp
            || !await accounts.TryReplaceAsync(organisation, stored.Value, bound, cancellation))
        {
            return Refusal.Conflict("changed-meanwhile");
        }

        await links.TryUseAsync(link, cancellation);
        return bound;
    }
}
