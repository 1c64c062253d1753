using System.Collections.Concurrent;
using Emargement.Functions.Platform.Http.Middleware;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Emargement.Tests.Web;

/// <summary>Hands over pages of the gallery and their assets as they would be sent, under the same policy; browsers keep the assets, and
/// whatever else a page asks for is cut off. One for the whole run.</summary>
internal static class ScreenServer
{
    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    private static readonly ConcurrentDictionary<string, string> Pages = new(StringComparer.Ordinal);

    /// <returns>The address at which a browser finds the page.</returns>
    public static async Task<string> PutAsync(string screen, string html)
    {
        Pages[screen] = html;
        return $"{await Started.Value}/page/{screen}";
    }

    private static async Task<string> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        return app.Urls.Single();
    }

    private static Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Split('/');
        var (response, headers) = (context.Response, context.Response.Headers);
        switch (path)
        {
            case ["", "page", var screen] when Pages.TryGetValue(screen, out var html):
                headers.ContentSecurityPolicy = SecurityHeadersMiddleware.ContentSecurityPolicy;
                response.ContentType = "text/html; charset=utf-8";
                return response.WriteAsync(html);
            case ["", "assets", var file] when Bundle.Find(file) is { } asset:
                headers.CacheControl = "public, max-age=31536000, immutable";
                response.ContentType = asset.ContentType;
                return response.Body.WriteAsync(asset.Content).AsTask();
            default:
                context.Abort();
                return Task.CompletedTask;
        }
    }
}
