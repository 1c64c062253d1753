using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Accounts.Api;

/// <param name="Send">Whether the link is also sent to the person's e-mail address.</param>
public sealed record MintActivationBody(bool Send);

/// <summary>An activation link to hand over.</summary>
public sealed record ActivationView(Uri ActivationUrl, DateTimeOffset ExpiresAt)
{
    public static ActivationView Of(MintedActivation minted, string address) =>
        new(new Uri($"{address}/a/{minted.Secret}"), minted.ExpiresAt);
}

public sealed record ChoosePasswordBody(string Password);

/// <param name="SignInUrl">Where to go next.</param>
public sealed record PasswordChosen(string Organisation, string Account, string Name, string SignInUrl)
{
    public static PasswordChosen Of(Activation chosen) =>
        new(chosen.Link.Organisation.Value, chosen.Account.Id.Key, chosen.Account.DisplayName, $"/o/{chosen.Link.Organisation}");
}

/// <summary>Links behind which a person chooses a password.</summary>
public sealed class ActivationFunctions(
    OrganisationSettings organisations, MintActivation mint, SendActivations send, ChoosePassword choose, PublicAddress address)
{
    /// <summary>A link with which a person chooses a password, to hand over or to send.</summary>
    [Function("MintActivation")]
    [Access(Callers.Manager | Callers.Operator)]
    [Audit(AuditKind.Invitation)]
    public Task<IResult> Mint(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = AccountRoute.Address + "/activation")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var here = address.Of(request);
        return Endpoint.RunAsync(
            request,
            AccountRoute.Of(request),
            (Route<AccountId> account, MintActivationBody body) =>
                client.SendAsync(mint.RunAsync(account, body.Send, here, cancellation), m => m.Mails, cancellation),
            minted => ApiJson.Ok(ActivationView.Of(minted.Link, here)),
            cancellation);
    }

    /// <summary>Sends links with which people choose a password: to those of a group who never had one, or to learners by name.</summary>
    [Function("SendActivations")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Invitation)]
    public async Task<IResult> Send(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/activations")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, SendActivationsBody body) => client.SendAsync(
                send.RunAsync(organisation, body, address.Of(request), cancellation), s => s.Batch, cancellation),
            sent => ApiJson.Ok(sent.Done, StatusCodes.Status202Accepted),
            cancellation);

    /// <summary>Ends an activation: the password chosen behind the link. Opening the link changes nothing; this does.</summary>
    [Function("ChoosePassword")]
    [Public("The secret in the address is the proof; it has 128 bits and is used once.", PerMinute = 600)]
    [Audit(AuditKind.Password)]
    public Task<IResult> Choose(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/activations/{secret}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            (ChoosePasswordBody body) => client.SendAsync(
                choose.RunAsync(request.RouteText("secret"), body.Password, cancellation), c => c.Batch, cancellation),
            chosen =>
            {
                var (link, account) = (chosen.Done.Link, chosen.Done.Account);
                request.HttpContext.NoteSelf(link.Organisation, account.Id);
                return ApiJson.Ok(PasswordChosen.Of(chosen.Done));
            },
            cancellation);
}
