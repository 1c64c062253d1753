using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Platform.Http;

internal static class HttpCalls
{
    // Where the worker's ASP.NET Core integration puts it, and what its own extension
    // reads; that extension lives in a package that not every build has.
    private const string HttpContextItem = "HttpRequestContext";

    /// <summary>The HTTP call behind this invocation, or null for a timer, an activity or an orchestration.</summary>
    public static HttpContext? HttpCall(this FunctionContext context) =>
        context.Items.TryGetValue(HttpContextItem, out var item) ? item as HttpContext : null;

    public static bool IsApi(this HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
