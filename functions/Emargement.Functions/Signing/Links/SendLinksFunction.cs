using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Signing.Links;

/// <summary><c>POST sessions/{session}/links</c>: personal links by e-mail, to one, to the unsigned, or to all.</summary>
public sealed class SendLinksFunction(SendLinks useCase, PublicAddress address)
{
    [Function("SendLinks")]
    [Access(Callers.Trainer | Callers.Manager)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/sessions/{session}/links")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string session,
        CancellationToken cancellation) =>
        SessionRoute.RunAsync<SendLinksRequest, SentLinks>(
            request,
            org,
            session,
            (route, body) => useCase.SendAsync(route.Organisation, route.Session, body, request.Caller(), address.Of(request), client, cancellation),
            sent => ApiJson.Ok(sent, StatusCodes.Status202Accepted),
            cancellation);
}
