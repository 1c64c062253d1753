using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.Recovery;

/// <summary>Finds whose password a login may recover: people who are written to, and whose account is in use.</summary>
public sealed class RecoverableAccounts(AccountsTable accounts, LoginsTable logins)
{
    // A family, or a hostel; a mail of more links would be another thing.
    private const int MaxPeople = 20;

    /// <summary>Every account that a login names.</summary>
    public async Task<IReadOnlyList<Account>> FindAsync(OrganisationId organisation, LoginName login, CancellationToken cancellation)
    {
        var found = new List<Account>();
        foreach (var named in (await logins.FindAsync(organisation, login, cancellation)).Take(MaxPeople))
        {
            // A login that the account had before, and that was not yet cleared away, is no login.
            var stored = await accounts.FindAsync(organisation, named.Account, cancellation);
            if (stored?.Value is { Email: not null, Suspended: false } account && account.Logins.Contains(named) && HasPassword(account))
            {
                found.Add(account);
            }
        }

        return found;
    }

    // Only the invitation opens what nobody has opened yet: it ends, and is taken back. And who comes in by a provider has no password
    // to forget: one would go round what the provider asks for.
    private static bool HasPassword(Account account) =>
        account.PasswordHash is not null || account is { Invited: null, Provider: null };
}
