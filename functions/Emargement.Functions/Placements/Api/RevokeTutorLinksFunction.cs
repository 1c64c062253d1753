using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>POST placements/{placement}/tutors/{tutor}/revocation</c>: the links that this tutor was sent open nothing any more.</summary>
public sealed class RevokeTutorLinksFunction(OfficePlacement useCase, TimeProvider time)
{
    [Function("RevokeTutorLinks")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/placements/{placement}/tutors/{tutor}/revocation")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string placement,
        string tutor,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync<RevokeLinksRequest, PlacementFile>(
            request,
            org,
            placement,
            (route, body) => useCase.RevokeAsync(route, tutor, body.Reason, request.Caller().Id, client, cancellation),
            file => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow())),
            cancellation);
}
