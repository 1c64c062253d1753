using Emargement.LocalHost.Demo;
using Emargement.LocalHost.Hosting;
using Emargement.LocalHost.Invocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Emargement.LocalHost.Http;

/// <summary>
/// What the Functions host does to a request before its worker sees it, and the worker's
/// own beginning; then the functions themselves.
/// </summary>
internal sealed class HostFront(
    LocalHostOptions options, FunctionCatalog catalog, FunctionPipeline pipeline, IConfiguration configuration) : IStartupFilter
{
    // Its own, whatever the app does with them: who has no key of the host is not told more.
    private static readonly PathString[] OfTheHost = ["/admin", "/runtime"];

    /// <remarks>Nothing after it is reached: the worker's own endpoints wait for calls of a Functions host.</remarks>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(BodyRemainder.ReadOnAsync);
        app.Use(RefuseTheHostsOwn);
        if (configuration.GetValue<bool>("ASPNETCORE_FORWARDEDHEADERS_ENABLED"))
        {
            app.UseMiddleware<ForwardedHeadersMiddleware>(Options.Create(Believed()));
        }

        app.Use(Overwrite);
        app.UseForwardedHeaders();
        app.UseRouting();
        app.UseNotFoundForOtherMethods();
        app.UseEndpoints(endpoints =>
        {
            endpoints.MapFunctions(catalog, pipeline);
            if (options.ShowMailbox)
            {
                endpoints.MapMailbox();
                endpoints.MapAuthenticator();
            }
        });
    };

    // As ASP.NET Core sets it for that setting: the last address of the header is what the front end saw itself.
    private static ForwardedHeadersOptions Believed()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        return options;
    }

    private static Task RefuseTheHostsOwn(HttpContext http, RequestDelegate next)
    {
        if (!Array.Exists(OfTheHost, own => http.Request.Path.StartsWithSegments(own, StringComparison.OrdinalIgnoreCase)))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    // The host's proxy tells its worker what it saw, in place of whatever a client wrote.
    private static Task Overwrite(HttpContext http, RequestDelegate next)
    {
        var headers = http.Request.Headers;
        headers[ForwardedHeadersDefaults.XForwardedForHeaderName] = http.Connection.RemoteIpAddress?.ToString();
        headers[ForwardedHeadersDefaults.XForwardedHostHeaderName] = http.Request.Host.Value;
        headers[ForwardedHeadersDefaults.XForwardedProtoHeaderName] = http.Request.Scheme;

        // The proxy calls from this machine, which the worker's own reading of these headers wants.
        http.Connection.RemoteIpAddress = System.Net.IPAddress.Loopback;
        return next(http);
    }
}
