using System.Globalization;
using Emargement.LocalHost.Invocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.LocalHost.Http;

/// <summary>The HTTP functions as endpoints, with the answers of the Functions host where they differ from those of ASP.NET Core.</summary>
internal static class HttpFunctions
{
    private const string HttpContextItem = "HttpRequestContext";

    /// <summary>Maps every HTTP function on its route and methods. The host's route prefix is empty, as host.json sets it.</summary>
    public static void MapFunctions(this IEndpointRouteBuilder endpoints, FunctionCatalog catalog, FunctionPipeline pipeline)
    {
        foreach (var (function, trigger) in catalog.WithTrigger<HttpTriggerAttribute>())
        {
            var pattern = RoutePatternFactory.Parse("/" + (trigger.Route ?? function.Name));
            var methods = (trigger.Methods ?? []).Select(m => m.ToUpperInvariant()).ToArray();
            endpoints.Map(pattern, http => RunAsync(function, pipeline, http))
                .WithDisplayName(function.Name)
                .WithMetadata(new HttpMethodMetadata(methods));
        }
    }

    /// <summary>The Functions host knows no 405: a method that a route does not declare, HEAD included, is not found.</summary>
    public static void UseNotFoundForOtherMethods(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint() is not null and not RouteEndpoint)
        {
            http.SetEndpoint(null);
        }

        return next(http);
    });

    private static async Task RunAsync(FunctionEntry function, FunctionPipeline pipeline, HttpContext http)
    {
        var context = new LocalFunctionContext(function, http.RequestServices, http.RequestAborted)
        {
            TraceParent = http.Request.Headers.TraceParent,
            BindingData = http.Request.RouteValues.ToDictionary(v => v.Key, v => v.Value, StringComparer.OrdinalIgnoreCase),
            TriggerValue = function.TriggerParameter.ParameterType == typeof(HttpRequest)
                ? http.Request
                : throw new InvalidOperationException($"Function {function.Name}: the HTTP trigger is bound to {nameof(HttpRequest)}."),
        };
        context.Items[HttpContextItem] = http;
        await pipeline.InvokeAsync(context);
        await WriteAsync(context.Result, http, function);
    }

    private static Task WriteAsync(object? result, HttpContext http, FunctionEntry function) => result switch
    {
        null => Task.CompletedTask,
        IResult answer => answer.ExecuteAsync(http),
        IActionResult answer => answer.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor())),
        string text => http.Response.WriteAsync(text),
        _ => throw new InvalidOperationException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Function {function.Name} returned {result.GetType()}: return IResult, IActionResult or string.")),
    };
}
