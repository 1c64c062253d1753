using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Platform.Access;

/// <summary>Lets a call through to its function, or answers in its place: who calls, may they, how often, from which page.</summary>
internal sealed partial class AccessMiddleware(
    CallerFinder callers, CallRates rates, RequestSource source, ILogger<AccessMiddleware> logger)
    : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.HttpCall() is not { } http)
        {
            await next(context);
            return;
        }

        var rule = AccessRule.Of(context.FunctionDefinition);
        var caller = await callers.FindAsync(http, context.CancellationToken);
        http.Request.SetCaller(caller, rule.Page?.Of);
        var organisation = Text(http.Request.RouteValues, "org");
        var refusal = rates.Refuse(rule, caller, http.Request)
            ?? source.Refuse(caller, http.Request)
            ?? RefuseAmbiguous(context, http.Request)
            ?? rule.Judge(caller, organisation, Text(http.Request.RouteValues, "region"));
        if (refusal is null)
        {
            await next(context);
            return;
        }

        http.Features.Set(new RefusedCall(refusal.Kind));
        Refused(logger, rule.Function, refusal.Code);
        if (rule.IsPage && refusal.Kind is RefusalKind.NotSignedIn or RefusalKind.Forbidden or RefusalKind.NotFound)
        {
            http.Response.Redirect(refusal.Code == "second-step-missing"
                ? http.Request.SecondStepPage(caller)
                : http.Request.SignInPage(organisation));
            return;
        }

        await Problem.From(refusal).ExecuteAsync(http);
    }

    // The host also fills parameters from queries and bodies. What a function receives must be what was judged here: the address.
    private static Refusal? RefuseAmbiguous(FunctionContext context, HttpRequest request) =>
        context.BindingContext.BindingData.Any(given =>
            request.RouteValues.TryGetValue(
                given.Key, out var routed) && routed is not null && given.Value is not null && routed.ToString() != given.Value.ToString())
            ? Refusal.BadInput("request-invalid")
            : null;

    private static string? Text(RouteValueDictionary route, string name) => route[name]?.ToString();

    [LoggerMessage(1, LogLevel.Information, "{Function} refused a call: {Code}")]
    private static partial void Refused(ILogger logger, string function, string code);
}

/// <summary>That a call did not come as far as its function, and why: what it is answered may look like success.</summary>
internal sealed record RefusedCall(RefusalKind Kind);
