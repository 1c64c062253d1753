using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Signing.Tablet;

/// <summary><c>GET sessions/{session}/tablet</c>: the names on the handed-round device.</summary>
public sealed class TabletListFunction(TabletList list)
{
    [Function("ListTabletLearners")]
    [Access(Callers.Tablet)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/sessions/{session}/tablet")] HttpRequest request,
        string org,
        string session,
        CancellationToken cancellation) =>
        SessionRoute.RunAsync(
            org, session, route => list.ReadAsync(route.Organisation, route.Session, request.Caller(), cancellation), view => ApiJson.Ok(view));
}
