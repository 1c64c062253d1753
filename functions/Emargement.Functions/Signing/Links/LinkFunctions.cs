using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Signing.Links;

/// <summary>Personal links by e-mail, each to sign one Session.</summary>
public sealed class LinkFunctions(SendLinks send, RenewLink renew, PublicAddress address)
{
    /// <summary>Personal links by e-mail, to one, to the unsigned, or to all.</summary>
    [Function("SendLinks")]
    [Access(Callers.Trainer | Callers.Manager)]
    public Task<IResult> Send(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/links")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            SessionRoute.Of(request),
            (Route<SessionId> session, SendLinksRequest body) => client.SendAsync(
                send.RunAsync(session.Organisation, session.Id, body, request.Caller(), address.Of(request), cancellation),
                queued => queued.Batch,
                cancellation),
            queued => ApiJson.Ok(queued.Done, StatusCodes.Status202Accepted),
            cancellation);

    /// <summary>A new link in place of an expired one, to the same person's address.</summary>
    [Function("RenewLink")]
    [Public("The expired link itself is the permission, and the new one goes to the learner's own address only.", PerMinute = 300)]
    public Task<IResult> Renew(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/links/{secret}/renewals")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        client.SendAsync(
                renew.RunAsync(request.RouteText("secret"), address.Of(request), cancellation), queued => queued.Batch, cancellation)
            .ToHttp(_ => Results.StatusCode(StatusCodes.Status202Accepted));
}
