using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts.OpenId;

/// <summary>Joins a person of a provider to the account that a link of theirs opens: the one way in which that is ever done. Where the
/// account was open already, its holder is told by mail and signed out everywhere, and a second step that was set stands in the way: a
/// link, which a manager may have been shown, does not pass it.</summary>
public sealed class BindIdentity(
    Activations activations,
    IdentitiesTable identities,
    AccountsTable accounts,
    FactorsTable factors,
    Devices devices,
    ILinks links,
    TellSecondStep tell)
{
    /// <param name="kinds">What their roles there are here.</param>
    /// <param name="secret">Of the link.</param>
    /// <returns>The account with the mail to send, or why the link opens nothing, <c>oidc-role-missing</c>, <c>identity-second-step</c>,
    /// <c>identity-taken</c> or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<QueuedMails<Account>>> RunAsync(
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

        if (await factors.FindAsync(organisation, account.Id, cancellation) is not null)
        {
            return Refusal.Conflict("identity-second-step");
        }

        // First the person: one whom the account does not name opens nothing.
        var identity = new Identity(person, account.Id);
        if (!await TryBindAsync(organisation, identity, cancellation))
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
        if (!account.IsOpened)
        {
            return new QueuedMails<Account>(bound, null);
        }

        await devices.RevokeAllAsync(organisation, account.Id, except: null, cancellation);
        return new QueuedMails<Account>(bound, await tell.RunAsync(organisation, bound, SecondStepMail.ProviderJoined, cancellation));
    }

    // One that its account does not name was left by an answer that came too late: it opens nothing, and is in nobody's way.
    private async Task<bool> TryBindAsync(OrganisationId organisation, Identity identity, CancellationToken cancellation)
    {
        if (await identities.TryBindAsync(organisation, identity, cancellation))
        {
            return true;
        }

        var known = await identities.FindAsync(organisation, identity.Person, cancellation);
        foreach (var other in known.Where(i => i.Account.Kind == identity.Account.Kind))
        {
            if ((await accounts.FindAsync(organisation, other.Account, cancellation))?.Value.Provider == identity.Person)
            {
                return false;
            }

            await identities.DeleteAsync(organisation, other, cancellation);
        }

        return await identities.TryBindAsync(organisation, identity, cancellation);
    }
}
