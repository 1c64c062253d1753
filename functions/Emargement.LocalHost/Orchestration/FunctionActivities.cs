using System.Diagnostics;
using DurableTask.Core;
using DurableTask.Core.Exceptions;
using Emargement.LocalHost.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.LocalHost.Orchestration;

/// <summary>
/// Gives the engine the activity functions of the app. What one throws is the orchestrator's to judge; one that the host's stop
/// interrupts is run again.
/// </summary>
internal sealed class FunctionActivities(
    FunctionCatalog catalog, FunctionPipeline pipeline, IServiceScopeFactory scopes, DurableTaskShimFactory shims, IdleWatch idle)
    : INameVersionObjectManager<TaskActivity>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public void Add(ObjectCreator<TaskActivity> creator) => throw new NotSupportedException("Activities are the functions of the app.");

    public TaskActivity GetObject(string name, string? version) => shims.CreateActivity(
        name, catalog.Find<ActivityTriggerAttribute>(name) is { } function ? new Known(function, this) : new Unknown(name));

    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();

    private async Task<object?> RunAsync(FunctionEntry function, object? input)
    {
        idle.Moved();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var call = new LocalFunctionContext(function, scope.ServiceProvider, _stopping.Token)
            {
                TriggerValue = input,
                TraceParent = Activity.Current?.Id,
            };
            await pipeline.InvokeAsync(call);
            return call.Result;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new SessionAbortedException($"The host stops: activity {function.Name} is run again by the next one.");
        }
    }

    private sealed class Known(FunctionEntry function, FunctionActivities activities) : ITaskActivity
    {
        public Type InputType => function.TriggerParameter.ParameterType;

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(TaskActivityContext context, object? input) => activities.RunAsync(function, input);
    }

    /// <summary>Fails, as on the real host; the engine alone would wait for a worker that knows it.</summary>
    private sealed class Unknown(string name) : ITaskActivity
    {
        public Type InputType => typeof(object);

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(TaskActivityContext context, object? input) =>
            throw new ArgumentException($"The function '{name}' doesn't exist, is disabled, or is not an activity function.");
    }
}
