using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Signing.Tablet;

/// <summary><c>POST sessions/{session}/tablet</c>: swaps the staff cookie for one that opens this Session's signing only.</summary>
public sealed class HandRoundFunction(HandRound useCase)
{
    [Function("HandRoundTablet")]
    [Access(Callers.Trainer | Callers.Manager)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/sessions/{session}/tablet")] HttpRequest request,
        string org,
        string session,
        CancellationToken cancellation) =>
        SessionRoute.RunAsync(org, session, route => useCase.StartAsync(request, route.Organisation, route.Session, cancellation), _ => Results.NoContent());
}
