using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.Passkeys;

/// <summary>Forgets passkeys of an account, which then open nothing.</summary>
public sealed class ForgetPasskeys(PasskeysTable passkeys, PasskeyIdsTable ids)
{
    /// <param name="only">One of them; null for all.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> RunAsync(OrganisationId organisation, AccountId account, string? only, CancellationToken cancellation)
    {
        var forgotten = 0;
        foreach (var passkey in await passkeys.ListAsync(organisation, account, cancellation))
        {
            if ((only ?? passkey.Id) == passkey.Id)
            {
                await passkeys.TryDeleteAsync(organisation, account, passkey.Id, cancellation);
                await ids.DeleteAsync(passkey.Id, cancellation);
                forgotten++;
            }
        }

        return forgotten;
    }
}
