using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.Invitations;

/// <summary>Says by name who invites.</summary>
public sealed class Inviters(AccountsTable accounts)
{
    /// <returns>Null when it is nobody with an account: whoever runs the service, or somebody who left.</returns>
    public async Task<string?> NameAsync(OrganisationId organisation, Account invited, CancellationToken cancellation) =>
        AccountId.TryParse(invited.InvitedBy, out var id)
            ? (await accounts.FindAsync(organisation, id, cancellation))?.Value.DisplayName
            : null;
}
