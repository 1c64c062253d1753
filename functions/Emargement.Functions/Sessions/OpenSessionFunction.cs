using System.Buffers.Text;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Sessions;

/// <summary><c>POST sessions/{session}/open</c>: the key and all that the trainer's page needs to show rotating codes by itself.</summary>
public sealed class OpenSessionFunction(OpenSession useCase, PublicAddress address)
{
    [Function("OpenSession")]
    [Access(Callers.Trainer | Callers.Manager)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/sessions/{session}/open")] HttpRequest request,
        string org,
        string session,
        CancellationToken cancellation) =>
        SessionRoute.RunAsync(
            org, session, route => useCase.OpenAsync(route.Organisation, route.Session, request.Caller(), cancellation), opened => Answer(request, opened));

    private IResult Answer(HttpRequest request, OpenedSession opened)
    {
        // The key is for this page alone: no cache on the way may keep it.
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return ApiJson.Ok(new
        {
            session = opened.Session.Id,
            key = Base64Url.EncodeToString(opened.Session.Key.Span),
            qrPrefix = $"{address.Of(request)}/s/{opened.Session.Organisation}/{opened.Session.Id}/",
            openedAt = opened.Session.OpenedAt,
            windowOpens = opened.Window.OpensAt,
            windowEnds = opened.Window.EndsAt,
            serverTime = opened.ServerTime,
        });
    }
}
