using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

/// <summary>For a lost phone: signs every device of a person out.</summary>
public sealed class RevokeDevices(Devices devices)
{
    [Function("RevokeDevices")]
    [Access(Callers.Manager)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/organisations/{org}/accounts/{account}/devices")] HttpRequest request,
        string org,
        string account,
        CancellationToken cancellation)
    {
        var named = Routes.Account(org, account);
        if (named.IsOk)
        {
            await devices.RevokeAllAsync(named.Value.Organisation, named.Value.Account, except: null, cancellation);
        }

        return named.ToHttp(_ => Results.NoContent());
    }
}
