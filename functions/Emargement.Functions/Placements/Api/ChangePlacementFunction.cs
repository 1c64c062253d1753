using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>POST placements/{placement}/changes</c>: extends, shortens, changes tutors or days off, from the version read.</summary>
public sealed class ChangePlacementFunction(PlanPlacement useCase, TimeProvider time)
{
    [Function("ChangePlacement")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/placements/{placement}/changes")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string placement,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync<ChangePlacementRequest, PlacementFile>(
            request,
            org,
            placement,
            (route, body) => useCase.ChangeAsync(route, body, request.Caller().Id, client, cancellation),
            file => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow())),
            cancellation);
}
