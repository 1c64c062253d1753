using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Emargement.Web.Platform;

/// <summary>A page as an answer: its HTML was rendered before, so that a fault in it is its
/// function's, which is logged, counted and answered like any other. Answers themselves are written
/// when nobody listens any more: after the worker's middlewares.</summary>
public sealed class RenderedPage : IResult
{
    private readonly int _status;
    private readonly string _language;

    private RenderedPage(string html, string language, int status) => (Html, _language, _status) = (html, language, status);

    public string Html { get; }

    /// <param name="loggers">All that rendering asks for: pages inject nothing.</param>
    public static async Task<RenderedPage> RenderAsync<TPage, TModel>(PageFrame frame, TModel model, int status, ILoggerFactory loggers)
        where TPage : PageComponent<TModel>
        where TModel : class
    {
        await using var renderer = new HtmlRenderer(new NoServices(), loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Frame"] = frame, ["Model"] = model });
            var root = await renderer.RenderComponentAsync<TPage>(parameters);
            return root.ToHtmlString();
        });
        return new RenderedPage(html, frame.Texts.Tag, status);
    }

    /// <summary>Pages hold names and tickets: no cache keeps them. To a reader who has left it is written without a word.</summary>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentLanguage = _language;
        return response.WriteAsync(Html);
    }

    // The app's own services have a navigation manager (AddMvc brings it), which nobody tells
    // the address of a request: with it, any page with a form would fail.
    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
