using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>POST placements/{placement}/cancellation</c>: nobody is mailed any more; what was validated is sealed.</summary>
public sealed class CancelPlacementFunction(PlanPlacement useCase, TimeProvider time)
{
    [Function("CancelPlacement")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/placements/{placement}/cancellation")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string placement,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync<CancelPlacementRequest, PlacementFile>(
            request,
            org,
            placement,
            (route, body) => useCase.CancelAsync(route, body, request.Caller().Id, client, cancellation),
            file => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow())),
            cancellation);
}
