using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>POST placements/{placement}/weeks/{week}/declaration</c>: the learner declares or corrects days, and signs; without e-mail, on the organisation's device.</summary>
public sealed class DeclareWeekFunction(StateWeek useCase, TimeProvider time)
{
    [Function("DeclareWeek")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/placements/{placement}/weeks/{week}/declaration")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string placement,
        string week,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync<DeclareRequest, PlacementFile>(
            request,
            org,
            placement,
            (route, body) => IsoWeek.TryParse(week, out var iso)
                ? useCase.DeclareAsync(route, iso, body, request.Caller(), ClientNetwork.Of(request), client, cancellation)
                : Task.FromResult(Result<PlacementFile>.FromRefusal(Refusal.NotFound("week-unknown"))),
            file => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow())),
            cancellation);
}
