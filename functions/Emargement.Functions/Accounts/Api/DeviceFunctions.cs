using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

/// <param name="Current">Whether it is the device that asks.</param>
public sealed record DeviceView(string Id, DateTimeOffset SignedInAt, DateTimeOffset LastDayOfUse, DateTimeOffset ExpiresAt, bool Current)
{
    public static DeviceView Of(Device device, string? current) =>
        new(device.Id, device.CreatedAt, device.RotatedAt, device.ExpiresAt, device.Id == current);
}

/// <summary>Devices that stay signed in: one's own, and all of a person whose phone is lost.</summary>
public sealed class DeviceFunctions(Devices devices)
{
    private const string Own = AccountRoute.OwnAddress + "/devices";

    /// <summary>One's own devices that stay signed in.</summary>
    [Function("ListOwnDevices")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public async Task<IResult> ListOwn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Own)] HttpRequest request, CancellationToken cancellation)
    {
        var (organisation, account) = AccountRoute.Own(request);
        var found = await devices.ListAsync(organisation, account, cancellation);
        return ApiJson.Ok(found.Select(d => DeviceView.Of(d, request.Caller().Device)));
    }

    /// <summary>Signs one of one's own devices out.</summary>
    [Function("RevokeOwnDevice")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public async Task<IResult> RevokeOwn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Own + "/{device}")] HttpRequest request,
        CancellationToken cancellation)
    {
        var ((organisation, account), device) = (AccountRoute.Own(request), request.RouteText("device"));
        var revoked = device.All(char.IsAsciiHexDigitLower) && await devices.RevokeAsync(organisation, account, device, cancellation);
        return revoked ? Results.NoContent() : Problem.From(Refusal.NotFound("device-unknown"));
    }

    /// <summary>For a lost phone: signs every device of a person out.</summary>
    [Function("RevokeDevices")]
    [Access(Callers.Manager)]
    public Task<IResult> RevokeAll(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = AccountRoute.Address + "/devices")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            AccountRoute.Of(request),
            async (Route<AccountId> account) =>
            {
                await devices.RevokeAllAsync(account.Organisation, account.Id, except: null, cancellation);
                return Result<Route<AccountId>>.FromT(account);
            },
            _ => Results.NoContent());
}
