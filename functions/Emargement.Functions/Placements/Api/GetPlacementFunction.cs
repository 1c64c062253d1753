using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>GET placements/{placement}</c>: terms, weeks, mails and documents.</summary>
public sealed class GetPlacementFunction(PlacementFiles files, TimeProvider time)
{
    [Function("GetPlacement")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/placements/{placement}")] HttpRequest request,
        string org,
        string placement,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync(
            org,
            placement,
            async route =>
            {
                var file = await files.ReadAsync(route.Organisation, route.Placement, cancellation);
                return file.IsOk && PlacementPeople.Check(request.Caller(), file.Value) is { } refusal ? refusal : file;
            },
            file => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow())));
}
