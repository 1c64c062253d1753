using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Accounts.Api;

/// <param name="Send">Whether the link is also sent to the person's e-mail address.</param>
public sealed record MintActivationBody(bool Send);

/// <summary>A link with which a person chooses a password, to hand over or to send.</summary>
public sealed class MintActivation(ActivationMails mails, PublicAddress address)
{
    [Function("MintActivation")]
    [Access(Callers.Manager | Callers.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/accounts/{account}/activation")] HttpRequest request,
        string org,
        string account,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var body = await request.ReadBodyAsync<MintActivationBody>(cancellation);
        var named = Routes.Account(org, account);
        if ((body.Refusal ?? named.Refusal) is { } refusal)
        {
            return Problem.From(refusal);
        }

        var (organisation, id) = named.Value;
        var here = address.Of(request);
        var minted = await mails.MintAsync(client, organisation, id, body.Value!.Send, here, cancellation);
        return minted.ToHttp(m => ApiJson.Ok(ActivationView.Of(m, here)));
    }
}
