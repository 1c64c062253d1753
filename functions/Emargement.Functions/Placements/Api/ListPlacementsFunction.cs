using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>GET placements</c>: the organisation's, with their state and what is late, by pages; a learner's own.</summary>
public sealed class ListPlacementsFunction(ListPlacements useCase)
{
    [Function("ListPlacements")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/placements")] HttpRequest request, string org, CancellationToken cancellation) =>
        OrganisationId.TryParse(org, out var organisation)
            ? ApiJson.Ok(await useCase.ListAsync(organisation, request.Caller(), request.Query["continuation"], cancellation))
            : Problem.From(Refusal.NotFound("organisation-unknown"));
}
