using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Sessions;

/// <summary><c>POST sessions/{session}/marks</c>: late, gone early, absent, present.</summary>
public sealed class MarkLearnerFunction(MarkLearner useCase)
{
    [Function("MarkLearner")]
    [Access(Callers.Trainer | Callers.Manager)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/sessions/{session}/marks")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string session,
        CancellationToken cancellation) =>
        SessionRoute.RunAsync<MarkRequest, Domain.Sessions.Marked>(
            request,
            org,
            session,
            (route, body) => useCase.MarkAsync(route.Organisation, route.Session, body, request.Caller(), client, cancellation),
            mark => ApiJson.Ok(new { mark.Learner, mark.Mark, mark.Minutes, mark.Reason, mark.At, mark.By }, StatusCodes.Status201Created),
            cancellation);
}
