using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.Erasure;

/// <summary>
/// Takes away every word and login of people whose account is gone, also those of an earlier name or address that a run cut short left:
/// one pass over the organisation's, however many people.
/// </summary>
public sealed class ForgetTraces(NamesTable names, LoginsTable logins)
{
    public async Task RunAsync(OrganisationId organisation, IReadOnlyCollection<AccountId> gone, CancellationToken cancellation)
    {
        if (gone.Count == 0)
        {
            return;
        }

        var words = await names.StartingWithAsync(organisation, string.Empty, cancellation);
        await names.RemoveAsync(organisation, words.Where(n => gone.Contains(n.Id)), cancellation);
        foreach (var login in (await logins.AllAsync(organisation, cancellation)).Where(l => gone.Contains(l.Account)))
        {
            await logins.RemoveAsync(organisation, login, cancellation);
        }
    }
}
