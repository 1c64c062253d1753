using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>POST placements/{placement}/tutors/{tutor}/mail</c>: the tutor's mail again, now or from a day on.</summary>
public sealed class ResendTutorMailFunction(OfficePlacement useCase, TimeProvider time)
{
    [Function("ResendTutorMail")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/placements/{placement}/tutors/{tutor}/mail")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string placement,
        string tutor,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync<ResendRequest, PlacementFile>(
            request,
            org,
            placement,
            (route, body) => useCase.ResendAsync(route, tutor, body.NotBefore, request.Caller().Id, client, cancellation),
            file => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow())),
            cancellation);
}
