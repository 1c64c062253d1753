using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

/// <param name="Use"><c>remembered</c> for a phone that stays signed in, <c>browser</c> for one sitting, <c>tablet</c> for a device
/// handed round, <c>one-factor</c> where the second step is still to come.</param>
/// <param name="SeenAt">The last use that was noted: to the day for a phone that stays, to five minutes for staff.</param>
/// <param name="Browser">As its owner recognises it.</param>
/// <param name="Network">From where it signed in.</param>
/// <param name="Current">Whether it is the device that asks.</param>
public sealed record DeviceView(
    string Id,
    string Use,
    DateTimeOffset SignedInAt,
    DateTimeOffset SeenAt,
    DateTimeOffset ExpiresAt,
    string? Browser,
    string? Network,
    bool Current)
{
    public static DeviceView Of(Device device, string? current) => new(
        device.Id,
        device.Use == DeviceUse.OneFactor ? "one-factor" : device.Use.ToString().ToLowerInvariant(),
        device.CreatedAt,
        device.SeenAt,
        device.ExpiresAt,
        device.Browser,
        device.Network,
        device.Id == current);
}

/// <summary>Where a person is signed in: one's own devices, and those of somebody whom a manager looks after.</summary>
public sealed class DeviceFunctions(Devices devices, AccountSessions sessions)
{
    private const string Own = AccountRoute.OwnAddress + "/devices";
    private const string OfAccount = AccountRoute.Address + "/devices";

    /// <summary>Where one is signed in.</summary>
    [Function("ListOwnDevices")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Officer)]
    public async Task<IResult> ListOwn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Own)] HttpRequest request, CancellationToken cancellation) =>
        await ListAsync(request, AccountRoute.Own(request), cancellation);

    /// <summary>Signs one of one's own devices out.</summary>
    [Function("RevokeOwnDevice")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Officer)]
    [Audit(AuditKind.Device)]
    public async Task<IResult> RevokeOwn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Own + "/{device}")] HttpRequest request,
        CancellationToken cancellation) => await RevokeAsync(request, AccountRoute.Own(request), cancellation);

    /// <summary>Signs out everywhere, here too.</summary>
    [Function("SignOutEverywhere")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Officer)]
    [Audit(AuditKind.Device)]
    public async Task<IResult> SignOutEverywhere(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Own)] HttpRequest request, CancellationToken cancellation)
    {
        var (organisation, account) = AccountRoute.Own(request);
        await devices.RevokeAllAsync(organisation, account, except: null, cancellation);
        await sessions.EndAsync(request.HttpContext, cancellation);
        return Results.NoContent();
    }

    /// <summary>Where a person is signed in.</summary>
    [Function("ListDevices")]
    [Access(Callers.Manager)]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = OfAccount)] HttpRequest request, CancellationToken cancellation) =>
        ForAsync(request, account => ListAsync(request, account, cancellation));

    /// <summary>Signs one device of a person out.</summary>
    [Function("RevokeDevice")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Device)]
    public Task<IResult> Revoke(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = OfAccount + "/{device}")] HttpRequest request,
        CancellationToken cancellation) =>
        ForAsync(request, account => RevokeAsync(request, account, cancellation));

    /// <summary>For a lost phone: signs every device of a person out.</summary>
    [Function("RevokeDevices")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Device)]
    public Task<IResult> RevokeAll(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = OfAccount)] HttpRequest request, CancellationToken cancellation) =>
        ForAsync(request, async account =>
        {
            await devices.RevokeAllAsync(account.Organisation, account.Id, except: null, cancellation);
            return Results.NoContent();
        });

    private static async Task<IResult> ForAsync(HttpRequest request, Func<Route<AccountId>, Task<IResult>> act)
    {
        var account = AccountRoute.Of(request);
        return account.IsOk ? await act(account.Value) : Problem.From(account.Refusal);
    }

    private async Task<IResult> ListAsync(HttpRequest request, Route<AccountId> account, CancellationToken cancellation)
    {
        var found = await devices.ListAsync(account.Organisation, account.Id, cancellation);
        return ApiJson.Ok(found.OrderByDescending(d => d.CreatedAt).Select(d => DeviceView.Of(d, request.Caller().Device)));
    }

    private async Task<IResult> RevokeAsync(HttpRequest request, Route<AccountId> account, CancellationToken cancellation)
    {
        var device = request.RouteText("device");
        var revoked = device.All(char.IsAsciiHexDigitLower)
            && await devices.RevokeAsync(account.Organisation, account.Id, device, cancellation);
        return revoked ? Results.NoContent() : Problem.From(Refusal.NotFound("device-unknown"));
    }
}
