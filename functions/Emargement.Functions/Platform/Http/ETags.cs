using Azure;
using Emargement.Domain.Platform;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Http;

/// <summary>Changes to what several people edit carry the ETag that they read, in If-Match.</summary>
public static class ETags
{
    /// <summary>The one ETag of If-Match.</summary>
    /// <returns>It, or <c>if-match-missing</c>; <c>*</c> counts as missing, since it means "whatever is there".</returns>
    public static Result<ETag> IfMatch(this HttpRequest request) =>
        request.Headers.IfMatch is [{ Length: > 2 } text] && text != "*" && !text.Contains(',', StringComparison.Ordinal) && IsETag(text)
            ? new ETag(text)
            : Refusal.Of("if-match-missing", RefusalKind.PreconditionFailed);

    /// <summary>A JSON answer with the ETag of what it shows.</summary>
    public static IResult Ok<T>(T value, ETag etag, int status = StatusCodes.Status200OK) => new Tagged(ApiJson.Ok(value, status), etag);

    private static bool IsETag(string text) => text[^1] == '"' && (text[0] == '"' || text.StartsWith("W/\"", StringComparison.Ordinal));

    private sealed class Tagged(IResult inner, ETag etag) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = etag.ToString();
            return inner.ExecuteAsync(httpContext);
        }
    }
}
