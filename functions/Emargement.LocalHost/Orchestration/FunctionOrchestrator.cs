using System.Diagnostics;
using System.Text.Json;
using Emargement.LocalHost.Invocation;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Emargement.LocalHost.Orchestration;

/// <summary>
/// An orchestrator function as the engine runs it: at each episode anew, through the app's middlewares, on the engine's thread.
/// </summary>
internal sealed class FunctionOrchestrator(
    FunctionEntry function, FunctionPipeline pipeline, IServiceScopeFactory scopes, ILoggerFactory loggers) : ITaskOrchestrator
{
    /// <summary>Whatever it is: the function reads it as the type that it asks for.</summary>
    public Type InputType => typeof(object);

    public Type OutputType => typeof(object);

    public async Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
    {
        var json = input is JsonElement element ? element.GetRawText() : null;
        var seen = new OrchestratorContext(context, json, loggers);
        using var scope = scopes.CreateScope();
        var call = new LocalFunctionContext(function, scope.ServiceProvider, CancellationToken.None)
        {
            TraceParent = Activity.Current?.Id,
            TriggerValue = seen,
            ReadInput = type => JsonData.Instance.Deserialize(json, type),
        };
        var running = pipeline.InvokeAsync(call);
        if (!running.IsCompleted && !seen.IsAccessed)
        {
            // A middleware, or the function's first await, has left the engine's thread for good.
            throw OrchestratorContext.LeftItsThread();
        }

        await running;
        OrchestratorContext.EnsureOwnThread();
        return call.Result;
    }
}
