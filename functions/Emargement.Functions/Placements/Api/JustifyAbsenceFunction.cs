using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>POST placements/{placement}/weeks/{week}/justified</c>: the organisation accepts the reason of absences.</summary>
public sealed class JustifyAbsenceFunction(OfficePlacement useCase, TimeProvider time)
{
    [Function("JustifyPlacementAbsence")]
    [Access(Callers.Manager)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/placements/{placement}/weeks/{week}/justified")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string placement,
        string week,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync<JustifyRequest, PlacementFile>(
            request,
            org,
            placement,
            (route, body) => IsoWeek.TryParse(week, out var iso)
                ? useCase.JustifyAsync(route, iso, body, request.Caller().Id, client, cancellation)
                : Task.FromResult(Result<PlacementFile>.FromRefusal(Refusal.NotFound("week-unknown"))),
            file => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow())),
            cancellation);
}
