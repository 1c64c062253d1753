using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Core.Middleware;
using Emargement.LocalHost.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Emargement.LocalHost.Orchestration;

/// <summary>Gives the engine the orchestrator functions of the app.</summary>
internal sealed class FunctionOrchestrations(
    FunctionCatalog catalog,
    FunctionPipeline pipeline,
    IServiceScopeFactory scopes,
    DurableTaskShimFactory shims,
    IdleWatch idle,
    TimeProvider clock,
    ILoggerFactory loggers) : INameVersionObjectManager<TaskOrchestration>
{
    public void Add(ObjectCreator<TaskOrchestration> creator) =>
        throw new NotSupportedException("Orchestrators are the functions of the app.");

    /// <summary>None by name alone: <see cref="RunAsync"/> knows the whole instance.</summary>
    public TaskOrchestration? GetObject(string name, string? version) => null;

    /// <summary>Runs one episode in the engine's place, as the real host does, which has the worker run it.</summary>
    public Task RunAsync(DispatchMiddlewareContext dispatch, Func<Task> next)
    {
        idle.Moved();
        var state = dispatch.GetProperty<OrchestrationRuntimeState>();

        // The orchestrator's time: the host's clock, which is not the engine's when a test moves it.
        state.NewEvents.OfType<OrchestratorStartedEvent>().Last().Timestamp = clock.GetUtcNow().UtcDateTime;
        dispatch.SetProperty(Run(state));
        return Task.CompletedTask;
    }

    private OrchestratorExecutionResult Run(OrchestrationRuntimeState state)
    {
        if (catalog.Find<OrchestrationTriggerAttribute>(state.Name) is not { } function)
        {
            return OrchestratorExecutionResult.ForFailure(
                $"The function '{state.Name}' doesn't exist, is disabled, or is not an orchestrator function.", details: null);
        }

        var parent = state.ParentInstance is { } asked
            ? new ParentOrchestrationInstance(asked.Name, asked.OrchestrationInstance.InstanceId)
            : null;
        var orchestration = shims.CreateOrchestration(state.Name, new FunctionOrchestrator(function, pipeline, scopes, loggers), parent);
        try
        {
            var executor = new TaskOrchestrationExecutor(
                state, orchestration, BehaviorOnContinueAsNew.Carryover, ErrorPropagationMode.UseFailureDetails);
            return executor.Execute();
        }
        catch (Exception unreadable) when (unreadable is not SessionAbortedException)
        {
            // An event or an input that is not of the type awaited. The engine alone would try again for ever.
            return OrchestratorExecutionResult.ForFailure($"Function '{state.Name}' failed with an unhandled exception.", unreadable);
        }
    }
}
