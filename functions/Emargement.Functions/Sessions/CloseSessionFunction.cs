using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Sessions;

/// <summary><c>POST sessions/{session}/close</c>: head-count, signature, closing; then the sheet is sealed.</summary>
public sealed class CloseSessionFunction(CloseSession useCase)
{
    [Function("CloseSession")]
    [Access(Callers.Trainer | Callers.Manager)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/sessions/{session}/close")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string session,
        CancellationToken cancellation)
    {
        var origin = new SignatureOrigin(ClientNetwork.Of(request), null);
        return SessionRoute.RunAsync<CloseRequest, Closed>(
            request,
            org,
            session,
            (route, body) => useCase.CloseAsync(route.Organisation, route.Session, body, origin, request.Caller(), client, cancellation),
            closed => ApiJson.Ok(new { session, closedAt = closed.At, closed.By, closed.HeadCount, closed.SignedCount, closed.Expected }),
            cancellation);
    }
}
