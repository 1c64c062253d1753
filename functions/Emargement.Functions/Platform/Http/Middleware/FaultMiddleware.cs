using System.Diagnostics;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Http.Middleware;

/// <summary>
/// Turns what nobody expected into a problem that tells the caller nothing but a number,
/// under which the log tells where it broke; and a storage that does not answer into one that says when to come back.
/// </summary>
internal sealed partial class FaultMiddleware(ILogger<FaultMiddleware> logger, IOptions<StorageOptions> storage)
    : IFunctionsWorkerMiddleware
{
    private static readonly Refusal Unavailable =
        Refusal.Of("storage-unavailable", RefusalKind.Unavailable, ("retryAfter", "5"));

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.HttpCall() is not { } http)
        {
            await next(context);
            return;
        }

        StoragePatience.SomebodyWaits(storage.Value);
        try
        {
            await next(context);
        }
        catch (Exception e) when (HasLeft(http, e))
        {
            ClientLeft(logger, context.FunctionDefinition.Name);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            await Problem.From(e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Refusal.Of("body-too-large", RefusalKind.TooLarge)
                : Refusal.BadInput("request-invalid")).ExecuteAsync(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && OutOfReach.Is(e))
        {
            StorageAway(logger, context.FunctionDefinition.Name, Faults.TypesOf(e));
            await AnswerAsync(http, Unavailable);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            var traceId = Activity.Current?.TraceId.ToString() ?? context.InvocationId;
            // The message may quote what a person sent; the type and the place do not.
            Fault(logger, context.FunctionDefinition.Name, traceId, Faults.TypesOf(e), e.StackTrace);
            await Problem.FromFault(traceId).ExecuteAsync(http);
        }
    }

    // A page for people, a problem for programs; both say when to come back.
    private static async Task AnswerAsync(HttpContext http, Refusal refusal)
    {
        Problem.SetRetryAfter(http.Response, refusal);
        var page = http.Request.IsApi() ? null : http.RequestServices.GetService<IUnavailablePage>();
        var answer = page is null ? Problem.From(refusal) : await page.OfAsync(http.Request, refusal);
        await answer.ExecuteAsync(http);
    }

    // What then fails is of any type: a body that ends too early, a storage call that was cancelled.
    private static bool HasLeft(HttpContext http, Exception fault) =>
        http.RequestAborted.IsCancellationRequested || fault is ConnectionResetException or ConnectionAbortedException;

    [LoggerMessage(1, LogLevel.Error, "Fault in {Function}, trace {TraceId}: {ExceptionTypes}\n{Place}")]
    private static partial void Fault(ILogger logger, string function, string traceId, string exceptionTypes, string? place);

    [LoggerMessage(3, LogLevel.Error, "The storage did not answer {Function}: {ExceptionTypes}")]
    private static partial void StorageAway(ILogger logger, string function, string exceptionTypes);

    [LoggerMessage(2, LogLevel.Information, "The client of {Function} left before its answer")]
    private static partial void ClientLeft(ILogger logger, string function);
}
