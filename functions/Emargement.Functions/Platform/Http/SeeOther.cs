using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Http;

/// <summary>What a form is answered with when its page says the rest: 303, so that loading again sends nothing twice.</summary>
public static class SeeOtherResults
{
    /// <param name="path">A path of this site.</param>
    public static IResult SeeOther(this IResultExtensions _, string path) => new SeeOtherResult(path);

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
