using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

public sealed class RevokeOwnDevice(Devices devices)
{
    [Function("RevokeOwnDevice")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/organisations/{org}/me/devices/{device}")] HttpRequest request,
        string device,
        CancellationToken cancellation)
    {
        var caller = request.Caller();
        var revoked = device.All(char.IsAsciiHexDigitLower)
            && await devices.RevokeAsync(caller.Organisation!.Value, caller.Account!.Value, device, cancellation);
        return revoked ? Results.NoContent() : Problem.From(Refusal.NotFound("device-unknown"));
    }
}
