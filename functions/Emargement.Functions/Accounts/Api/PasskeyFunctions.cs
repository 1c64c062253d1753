using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Accounts.Passkeys;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Accounts.Api;

/// <param name="SyncedByItsMaker">Whether copies of it are on other devices of its owner.</param>
public sealed record PasskeyView(string Id, string Nickname, DateTimeOffset AddedAt, DateTimeOffset? UsedAt, bool SyncedByItsMaker)
{
    public static PasskeyView Of(Passkey passkey) =>
        new(passkey.Id, passkey.Nickname, passkey.CreatedAt, passkey.UsedAt, passkey.BackedUp);
}

/// <summary>Passkeys: one's own, and signing in by one.</summary>
public sealed class PasskeyFunctions(
    OrganisationSettings organisations, PasskeysTable passkeys, AddPasskey add, RemovePasskey remove, SignInWithPasskey signIn)
{
    private const string Own = AccountRoute.OwnAddress + "/passkeys";
    private const string Door = "api/organisations/{org}/passkey-sign-in";

    /// <summary>One's own passkeys.</summary>
    [Function("ListOwnPasskeys")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Officer)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Own)] HttpRequest request, CancellationToken cancellation)
    {
        var own = AccountRoute.Own(request);
        return ApiJson.Ok((await passkeys.ListAsync(own.Organisation, own.Id, cancellation)).Select(PasskeyView.Of));
    }

    /// <summary>What to ask of a device that shall hold a passkey, for the password and a code of the second step.</summary>
    [Function("OfferPasskey")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Officer, PerMinute = 20)]
    public Task<IResult> Offer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Own + "/offer")] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request, (ConfirmOwnerBody body) => add.OfferAsync(request, body, cancellation), offered => ApiJson.Ok(offered), cancellation);

    /// <summary>Adds the passkey that the device made.</summary>
    [Function("AddPasskey")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Officer, PerMinute = 20)]
    [Audit(AuditKind.Factor)]
    public Task<IResult> Add(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Own)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            (AddPasskeyBody body) => client.SendAsync(add.RunAsync(request, body, cancellation), c => c.Mails, cancellation),
            _ => Results.NoContent(),
            cancellation);

    /// <summary>Removes one of one's own passkeys, for the password and a code, and signs out everywhere else.</summary>
    [Function("RemovePasskey")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Officer, PerMinute = 20)]
    [Audit(AuditKind.Factor)]
    public Task<IResult> Remove(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Own + "/{passkey}/removal")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            (ConfirmOwnerBody body) => client.SendAsync(
                remove.RunAsync(request.Caller(), request.RouteText("passkey"), body, cancellation), c => c.Mails, cancellation),
            _ => Results.NoContent(),
            cancellation);

    /// <summary>What to ask of a device that holds a passkey.</summary>
    [Function("OfferPasskeySignIn")]
    [Public("Nobody is known before signing in; what is given is a random challenge in a cookie, nothing is stored.", PerMinute = 600)]
    public async Task<IResult> OfferSignIn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Door + "/offer")] HttpRequest request, CancellationToken cancellation) =>
        (await organisations.HolderAsync(request, cancellation)).ToHttp(
            organisation => ApiJson.Ok(signIn.Offer(request, organisation.Id)));

    /// <summary>Signs somebody in by a passkey that they unlocked: that is both factors.</summary>
    [Function("SignInWithPasskey")]
    [Public("Nobody is known before signing in; the proof is a key's own signature over a challenge used once.", PerMinute = 60)]
    [Audit(AuditKind.SignIn)]
    public async Task<IResult> SignIn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Door)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.HolderAsync(request, cancellation),
            (Organisation organisation, SignInWithPasskeyBody body) => signIn.RunAsync(request, organisation.Id, body, cancellation),
            started => ApiJson.Ok(SignedIn.Of(started)),
            cancellation);
}
