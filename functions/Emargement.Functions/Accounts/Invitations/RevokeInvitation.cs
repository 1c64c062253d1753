using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Accounts.Invitations;

/// <summary>Takes an invitation back before it is answered: of the two, whichever is written first stands.</summary>
public sealed class RevokeInvitation(AccountsTable accounts, LoginsTable logins, NamesTable names)
{
    /// <returns>What is no invitation any more, or <c>account-unknown</c>, <c>invitation-none</c> or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<Account>> RunAsync(Route<AccountId> account, CancellationToken cancellation)
    {
        var stored = await accounts.GetAsync(account.Organisation, account.Id, cancellation);
        var invitation = stored.IsOk ? Invitation.Of(stored.Value.Value) : stored.Refusal;
        if (!invitation.IsOk)
        {
            return invitation.Refusal;
        }

        // An account that an import made stays, unopened; the new stamp voids the link.
        var known = stored.Value!.Value;
        var gone = invitation.Value.Invited.IsNew
            ? await accounts.TryDeleteAsync(account.Organisation, stored.Value, cancellation)
            : await accounts.TryReplaceAsync(
                account.Organisation,
                stored.Value,
                known with { InvitedBy = null, Invited = null, Stamp = Passwords.NewStamp() },
                cancellation);
        if (!gone)
        {
            return Refusal.Conflict("changed-meanwhile");
        }

        foreach (var login in invitation.Value.Invited.IsNew ? known.Logins : [])
        {
            await logins.RemoveAsync(account.Organisation, login, cancellation);
        }

        if (invitation.Value.Invited.IsNew)
        {
            await names.RemoveAsync(account.Organisation, NamesTable.Of(known), cancellation);
        }

        return known;
    }
}
