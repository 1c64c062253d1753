using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>POST placements/{placement}/tutors</c>: another tutor from a day on; the one before answers until then.</summary>
public sealed class NextTutorFunction(PlanPlacement useCase, TimeProvider time)
{
    [Function("AddPlacementTutor")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/placements/{placement}/tutors")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string placement,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync<NextTutorRequest, PlacementFile>(
            request,
            org,
            placement,
            (route, body) => useCase.NextTutorAsync(route, body, request.Caller().Id, client, cancellation),
            file => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow())),
            cancellation);
}
