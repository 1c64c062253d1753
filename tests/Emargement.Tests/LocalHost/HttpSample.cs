using Emargement.LocalHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.LocalHost;

/// <summary>A small app with one function for each way of binding and answering.</summary>
public sealed class HttpSample(HttpSample.Greeting greeting)
{
    public static FunctionApp App { get; } = FunctionApp.Of(
        [typeof(HttpSample)], AddServices, [typeof(TeapotForFaults), typeof(NobodyPasses)]);

    [Function("Root")]
    public static IResult Root(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{empty:maxlength(0)?}")] HttpRequest request, string? empty) =>
        Results.Text($"root {empty ?? "nothing"}");

    [Function("Greet")]
    public Task<Results<Ok<string>, NotFound>> Greet(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "greet/{name}")] HttpRequest request, string name) =>
        Task.FromResult<Results<Ok<string>, NotFound>>(name == "nobody" ? TypedResults.NotFound() : TypedResults.Ok(greeting.Of(name)));

    [Function("Typed")]
    public static IActionResult Typed(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "typed/{id:guid}/{day}/{count:int}/{on:bool}")] HttpRequest request,
        Guid id,
        DateOnly day,
        int count,
        bool on,
        CancellationToken cancellation) =>
        new ContentResult { Content = $"{id:N} {day:yyyy-MM-dd} {count + 1} {on} {cancellation.CanBeCanceled}", StatusCode = 202 };

    [Function("Save")]
    public static async Task Save(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "save")] HttpRequest request, FunctionContext context)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.CancellationToken);
        request.HttpContext.Response.Cookies.Append("seen", context.FunctionDefinition.EntryPoint);
        await request.HttpContext.Response.WriteAsync($"{body.Length}", context.CancellationToken);
    }

    [Function("Form")]
    public static async Task<string> Form([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "form")] HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        return $"{form["field"]} {form.Files[0].FileName}";
    }

    [Function("Secret")]
    public static IResult Secret([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "secret")] HttpRequest request) =>
        Results.Text("told");

    [Function("Fault")]
    public static IResult Fault(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fault/{kind}")] HttpRequest request, string kind) =>
        throw (kind == "teapot" ? new InvalidOperationException(kind) : new NotSupportedException(kind));

    private static void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(new Greeting(configuration["Greeting"] ?? "Bonjour"));

    public sealed record Greeting(string Word)
    {
        public string Of(string name) => $"{Word} {name}";
    }

    public sealed class TeapotForFaults : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            try
            {
                await next(context);
            }
            catch (InvalidOperationException)
            {
                ((HttpContext)context.Items["HttpRequestContext"]).Response.StatusCode = StatusCodes.Status418ImATeapot;
            }
        }
    }

    public sealed class NobodyPasses : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            if (context.FunctionDefinition.Name != "Secret")
            {
                return next(context);
            }

            return Results.Text(
                "hush", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync((HttpContext)context.Items["HttpRequestContext"]);
        }
    }
}
