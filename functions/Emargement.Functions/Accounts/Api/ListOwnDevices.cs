using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

/// <param name="Current">Whether it is the device that asks.</param>
public sealed record DeviceView(string Id, DateTimeOffset SignedInAt, DateTimeOffset LastDayOfUse, DateTimeOffset ExpiresAt, bool Current);

public sealed class ListOwnDevices(Devices devices)
{
    [Function("ListOwnDevices")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/me/devices")] HttpRequest request, CancellationToken cancellation)
    {
        var caller = request.Caller();
        var found = await devices.ListAsync(caller.Organisation!.Value, caller.Account!.Value, cancellation);
        return ApiJson.Ok(found.Select(d => new DeviceView(d.Id, d.CreatedAt, d.RotatedAt, d.ExpiresAt, d.Id == caller.Device)));
    }
}
