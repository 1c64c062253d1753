using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Access;

/// <summary>Lets a call through to its function, or answers in its place: who calls, may they, how often, from which page.</summary>
internal sealed partial class AccessMiddleware(CallerFinder callers, CallRates rates, RequestSource source, ILogger<AccessMiddleware> logger)
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
        var route = new Dictionary<string, object?>(context.BindingContext.BindingData, StringComparer.OrdinalIgnoreCase);
        var caller = await callers.FindAsync(http.Request, context.CancellationToken);
        var organisation = Text(route, "org");
        var refusal = rates.Refuse(rule, caller, http.Request)
            ?? source.Refuse(caller, http.Request)
            ?? rule.Judge(caller, organisation, Text(route, "region"));
        if (refusal is null)
        {
            http.Request.SetCaller(caller);
            await next(context);
            return;
        }

        Refused(logger, rule.Function, refusal.Code);
        if (rule.IsPage && refusal.Kind is RefusalKind.NotSignedIn or RefusalKind.Forbidden)
        {
            var back = http.Request.PathBase + http.Request.Path + http.Request.QueryString;
            http.Response.Redirect(SignInPage(organisation, back));
            return;
        }

        await Problem.From(refusal).ExecuteAsync(http);
    }

    private static string SignInPage(string? organisation, string back) =>
        OrganisationId.TryParse(organisation, out var id) ? $"/o/{id}?back={Uri.EscapeDataString(back)}" : "/";

    private static string? Text(Dictionary<string, object?> route, string name) => route.GetValueOrDefault(name)?.ToString();

    [LoggerMessage(1, LogLevel.Information, "{Function} refused a call: {Code}")]
    private static partial void Refused(ILogger logger, string function, string code);
}
