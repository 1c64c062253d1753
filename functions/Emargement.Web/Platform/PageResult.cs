using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Emargement.Web.Platform;

/// <summary>Answers with a page rendered on the server. Pages hold names and tickets: no cache keeps them.</summary>
public sealed class PageResult<TPage, TModel>(PageFrame frame, TModel model, int status = StatusCodes.Status200OK) : IResult
    where TPage : PageComponent<TModel>
    where TModel : class
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentLanguage = frame.Texts.Tag;
        await response.WriteAsync(await RenderAsync(httpContext.RequestServices), httpContext.RequestAborted);
    }

    /// <summary>The page's HTML.</summary>
    public async Task<string> RenderAsync(IServiceProvider services)
    {
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Frame"] = frame, ["Model"] = model });
            var root = await renderer.RenderComponentAsync<TPage>(parameters);
            return root.ToHtmlString();
        });
    }
}
