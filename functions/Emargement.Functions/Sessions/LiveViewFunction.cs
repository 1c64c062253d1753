using System.Security.Cryptography;
using System.Text.Json;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace Emargement.Functions.Sessions;

/// <summary><c>GET sessions/{session}</c>: the live view. Its ETag lets a page ask every few seconds and receive 304 while nothing changed.</summary>
public sealed class LiveViewFunction(LiveView view)
{
    [Function("ShowSession")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Machine, Right = "sessions", PerMinute = 240)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/sessions/{session}")] HttpRequest request,
        string org,
        string session,
        CancellationToken cancellation) =>
        SessionRoute.RunAsync(
            org, session, route => view.ReadAsync(route.Organisation, route.Session, request.Caller(), cancellation), live => Answer(request, live));

    private static IResult Answer(HttpRequest request, SessionLive live)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(live, ApiJson.Options);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16))}\"");
        request.HttpContext.Response.Headers.ETag = tag.ToString();
        request.HttpContext.Response.Headers.CacheControl = "private, no-cache";
        return request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(json, "application/json; charset=utf-8");
    }
}
