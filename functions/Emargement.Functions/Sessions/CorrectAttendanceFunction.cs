using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Sessions;

/// <summary><c>POST sessions/{session}/corrections</c>: a correction after closing; it makes a new version of the sheet.</summary>
public sealed class CorrectAttendanceFunction(CorrectAttendance useCase)
{
    [Function("CorrectAttendance")]
    [Access(Callers.Trainer | Callers.Manager)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/sessions/{session}/corrections")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        string session,
        CancellationToken cancellation) =>
        SessionRoute.RunAsync<CorrectionRequest, Corrected>(
            request,
            org,
            session,
            (route, body) => useCase.CorrectAsync(route.Organisation, route.Session, body, request.Caller(), client, cancellation),
            c => ApiJson.Ok(new { c.Learner, c.Mark, c.Minutes, c.Reason, c.Method, c.At, c.By }, StatusCodes.Status201Created),
            cancellation);
}
