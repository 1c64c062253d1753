using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>POST placements/{placement}/tutors/{tutor}/address</c>: a new address; the links sent to the old one die.</summary>
public sealed class ChangeTutorAddressFunction(PlanPlacement useCase, TimeProvider time)
{
    [Function("ChangeTutorAddress")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/placements/{placement}/tutors/{tutor}/address")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string placement,
        string tutor,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync<TutorAddressRequest, PlacementFile>(
            request,
            org,
            placement,
            (route, body) => useCase.ChangeAddressAsync(route, tutor, body, request.Caller().Id, client, cancellation),
            file => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow())),
            cancellation);
}
