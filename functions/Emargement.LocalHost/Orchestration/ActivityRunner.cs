using System.Collections.Concurrent;
using Emargement.LocalHost.Hosting;
using Emargement.LocalHost.Invocation;
using Emargement.LocalHost.Orchestration.Replay;
using Emargement.LocalHost.Orchestration.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Emargement.LocalHost.Orchestration;

/// <summary>Runs activities and sends their outcome to the instance that asked. One that the host's stop interrupts has no outcome and is run again.</summary>
internal sealed partial class ActivityRunner(
    OrchestrationStore store,
    InstanceQueue queue,
    FunctionCatalog catalog,
    FunctionPipeline pipeline,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    WorkTracker work,
    EngineOptions options,
    ILogger<ActivityRunner> logger) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Activities);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<(string ExecutionId, int TaskId), bool> _running = [];

    /// <summary>The activities that run now; each leaves the list after its outcome is stored.</summary>
    public IReadOnlySet<(string ExecutionId, int TaskId)> Running() => _running.Keys.ToHashSet();

    public void Start(OrchestrationInstance instance, ActivityAsked asked)
    {
        if (_running.TryAdd((instance.ExecutionId, asked.Id), true))
        {
            work.Run(() => RunAsync(instance.Id, instance.ExecutionId, instance.TraceParent, asked));
        }
    }

    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose()
    {
        _places.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(string instanceId, string executionId, string? traceParent, ActivityAsked asked)
    {
        try
        {
            await _places.WaitAsync(_stopping.Token);
            try
            {
                var outcome = await OutcomeAsync(asked, traceParent);
                await store.SendAsync(
                    instanceId, new Message($"task|{executionId}|{asked.Id}", clock.GetUtcNow().UtcDateTime, executionId, outcome), CancellationToken.None);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            await store.ReleaseAsync(instanceId, CancellationToken.None);
            return;
        }
        catch (Azure.RequestFailedException failure)
        {
            // The outcome could not be stored: the instance is looked at again, and finds the activity not done.
            LogOutcomeNotStored(failure, instanceId, asked.Name);
        }
        finally
        {
            _running.TryRemove((executionId, asked.Id), out _);
        }

        queue.Enqueue(instanceId);
    }

    private async Task<HistoryEvent> OutcomeAsync(ActivityAsked asked, string? traceParent)
    {
        if (catalog.Find<ActivityTriggerAttribute>(asked.Name) is not { } function)
        {
            return new TaskFailed(asked.Id, new Failure("System.ArgumentException", $"There is no activity function named '{asked.Name}'.", null, null));
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var input = JsonData.Instance.Deserialize(asked.Input, function.TriggerParameter.ParameterType);
            var call = new LocalFunctionContext(function, scope.ServiceProvider, _stopping.Token) { TriggerValue = input, TraceParent = traceParent };
            await pipeline.InvokeAsync(call);
            return new TaskCompleted(asked.Id, JsonData.Instance.Serialize(call.Result));
        }
        catch (Exception failure) when (!_stopping.IsCancellationRequested || failure is not OperationCanceledException)
        {
            // Whatever an activity throws is its outcome, and the orchestrator's to judge.
            LogActivityFailed(failure, asked.Name);
            return new TaskFailed(asked.Id, Failure.Of(failure));
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Activity {Name} failed.")]
    private partial void LogActivityFailed(Exception failure, string name);

    [LoggerMessage(2, LogLevel.Error, "The outcome of activity {Name} of {InstanceId} could not be stored.")]
    private partial void LogOutcomeNotStored(Exception failure, string instanceId, string name);
}
