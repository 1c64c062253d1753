using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Web.Accounts;

namespace Emargement.Functions.Pages.Accounts;

/// <summary>Makes what a manager sees of somebody's access.</summary>
public sealed class ShowPersonAccount(AccountsTable accounts, Devices devices)
{
    public async Task<Result<PersonAccountModel>> RunAsync(Route<AccountId> account, Caller by, CancellationToken cancellation)
    {
        var stored = await accounts.GetAsync(account.Organisation, account.Id, cancellation);
        return stored.IsOk
            ? Model(stored.Value.Value, await devices.ListAsync(account.Organisation, account.Id, cancellation), by)
            : stored.Refusal;
    }

    private static PersonAccountModel Model(Account account, IReadOnlyList<Device> devices, Caller by) => new(
        account.Id.Key,
        account.DisplayName,
        account.Id.Person.Value,
        account.Email?.Value,
        account.Suspended,
        by.Account == account.Id,
        ShownDevices.Of(devices, by.Device));
}
