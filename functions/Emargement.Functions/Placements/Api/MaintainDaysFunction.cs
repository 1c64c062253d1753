using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>POST placements/{placement}/weeks/{week}/maintained</c>: the learner maintains days against the tutor's disagreement.</summary>
public sealed class MaintainDaysFunction(StateWeek useCase, TimeProvider time)
{
    [Function("MaintainDays")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/placements/{placement}/weeks/{week}/maintained")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string placement,
        string week,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync<MaintainRequest, PlacementFile>(
            request,
            org,
            placement,
            (route, body) => IsoWeek.TryParse(week, out var iso)
                ? useCase.MaintainAsync(route, iso, body, request.Caller(), client, cancellation)
                : Task.FromResult(Result<PlacementFile>.FromRefusal(Refusal.NotFound("week-unknown"))),
            file => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow())),
            cancellation);
}
