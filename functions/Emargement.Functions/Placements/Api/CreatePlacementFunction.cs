using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>POST placements</c>: creates a placement; a repeat answers with the first one.</summary>
public sealed class CreatePlacementFunction(PlanPlacement useCase, PublicAddress address, TimeProvider time)
{
    [Function("CreatePlacement")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/placements")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        CancellationToken cancellation)
    {
        if (!OrganisationId.TryParse(org, out var organisation))
        {
            return Problem.From(Refusal.NotFound("organisation-unknown"));
        }

        var body = await request.ReadBodyAsync<CreatePlacementRequest>(cancellation);
        return body.IsOk
            ? await useCase.CreateAsync(organisation, body.Value, request.Caller().Id, address.Of(request), client, cancellation)
                .ToHttp(file => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow()), StatusCodes.Status201Created))
            : Problem.From(body.Refusal);
    }
}
