using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>POST placements/{placement}/paper</c>: days of a signed paper form, whose scan was uploaded.</summary>
public sealed class RecordPaperFunction(OfficePlacement useCase, TimeProvider time)
{
    [Function("RecordPlacementPaper")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/placements/{placement}/paper")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string placement,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync<PaperRequest, PlacementFile>(
            request,
            org,
            placement,
            (route, body) => useCase.RecordPaperAsync(route, body, request.Caller().Id, client, cancellation),
            file => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow())),
            cancellation);
}
