using System.Diagnostics;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Platform.Telemetry;

/// <summary>
/// Makes one span of each call, in the trace that the host hands over, and measures it. An orchestrator has none: it is run again at
/// each event, and Durable itself writes the span of its whole run; only its failure is noted, which comes once.
/// </summary>
internal sealed partial class TelemetryMiddleware(
    Instruments instruments, TimeProvider time, ILogger<TelemetryMiddleware> logger) : IFunctionsWorkerMiddleware
{
    /// <summary>Outcomes of a call.</summary>
    internal const string Done = "done";
    internal const string Refused = "refused";
    internal const string Fault = "fault";

    /// <summary>Tag of a span: the function. Only this system writes it, which tells its rows from those of the Functions host.</summary>
    internal const string FunctionTag = "emargement.function";

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var call = FunctionCall.Of(context.FunctionDefinition);
        return call.IsOrchestration ? OrchestrateAsync(call, context, next)
            : context.HttpCall() is { } http ? AnswerAsync(call, http, context, next)
            : RunAsync(call, context, next);
    }

    private async Task OrchestrateAsync(FunctionCall call, FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault)
        {
            instruments.OrchestrationFailed(call.Function);
            LogOrchestrationFailed(call.Function, Faults.TypesOf(fault));
            throw;
        }
    }

    private async Task AnswerAsync(FunctionCall call, HttpContext http, FunctionContext context, FunctionExecutionDelegate next)
    {
        var span = Start($"{http.Request.Method} {call.Route ?? call.Function}", call, context.TraceContext);
        span?.SetTag("http.request.method", http.Request.Method).SetTag("http.route", call.Route);
        var started = time.GetTimestamp();

        // The answer is written after the function: its status and its duration are known when it is out.
        http.Response.OnCompleted(() =>
        {
            var status = http.Response.StatusCode;
            var outcome = status >= 500 ? Fault : status >= 400 ? Refused : Done;
            span?.SetTag("http.response.status_code", status);
            End(span, call, outcome, started);
            return Task.CompletedTask;
        });
        await next(context);
    }

    private async Task RunAsync(FunctionCall call, FunctionContext context, FunctionExecutionDelegate next)
    {
        var span = Start($"{call.Trigger} {call.Function}", call, context.TraceContext);
        var started = time.GetTimestamp();
        var outcome = Fault;
        try
        {
            await next(context);
            outcome = Done;
        }
        catch (Exception fault)
        {
            span?.SetTag("error.type", fault.GetType().FullName);
            throw;
        }
        finally
        {
            End(span, call, outcome, started);
        }
    }

    private static Activity? Start(string name, FunctionCall call, TraceContext trace)
    {
        // The parent is the one that the host names, or none: never what happens to be current where the call comes from.
        var around = Activity.Current;
        Activity.Current = null;
        ActivityContext.TryParse(trace.TraceParent, trace.TraceState, isRemote: true, out var parent);
        var span = Instruments.Traces.StartActivity(name, ActivityKind.Server, parent);
        if (span is null)
        {
            Activity.Current = around;
        }

        return span?.SetTag(FunctionTag, call.Function).SetTag("faas.trigger", call.Trigger);
    }

    private void End(Activity? span, FunctionCall call, string outcome, long started)
    {
        instruments.Called(call.Function, call.Trigger, outcome, time.GetElapsedTime(started));
        if (outcome == Fault)
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }

        span?.Dispose();
    }

    [LoggerMessage(1, LogLevel.Error, "Orchestration {Orchestration} failed: {ExceptionTypes}")]
    private partial void LogOrchestrationFailed(string orchestration, string exceptionTypes);
}
