using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.Logging;
using OrchestrationContext = DurableTask.Core.OrchestrationContext;

namespace Emargement.LocalHost.Orchestration;

/// <summary>
/// What an orchestrator function sees: the engine's context, on the engine's thread alone, with the input as the type that the function
/// asks for.
/// </summary>
internal sealed class OrchestratorContext(TaskOrchestrationContext engine, string? input, ILoggerFactory loggers) : TaskOrchestrationContext
{
    public override TaskName Name => engine.Name;

    public override string InstanceId => engine.InstanceId;

    public override ParentOrchestrationInstance? Parent => engine.Parent;

    public override DateTime CurrentUtcDateTime => engine.CurrentUtcDateTime;

    public override bool IsReplaying => engine.IsReplaying;

    public override string Version => engine.Version;

    public override IReadOnlyDictionary<string, object?> Properties => engine.Properties;

    public override TaskOrchestrationEntityFeature Entities => Engine.Entities;

    /// <summary>Whether the function, or a middleware around it, has come as far as asking for something.</summary>
    public bool IsAccessed { get; private set; }

    protected override ILoggerFactory LoggerFactory => loggers;

    private TaskOrchestrationContext Engine
    {
        get
        {
            EnsureOwnThread();
            IsAccessed = true;
            return engine;
        }
    }

    /// <exception cref="InvalidOperationException">Something was awaited that is not a durable task: the real worker refuses it,
    /// too.</exception>
    public static void EnsureOwnThread()
    {
        if (!OrchestrationContext.IsOrchestratorThread)
        {
            throw LeftItsThread();
        }
    }

    public static InvalidOperationException LeftItsThread() =>
        new("An orchestrator, and every middleware around it, awaits only the durable tasks that its context gives.");

    public override T? GetInput<T>()
        where T : default => JsonData.Instance.Deserialize<T>(input);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        Engine.CallActivityAsync<TResult>(name, input, options);

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        Engine.CallSubOrchestratorAsync<TResult>(orchestratorName, input, options);

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => Engine.CreateTimer(fireAt, cancellationToken);

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        Engine.WaitForExternalEvent<T>(eventName, cancellationToken);

    public override void SendEvent(string instanceId, string eventName, object payload) => Engine.SendEvent(instanceId, eventName, payload);

    public override void SetCustomStatus(object? customStatus) => Engine.SetCustomStatus(customStatus);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        Engine.ContinueAsNew(newInput, preserveUnprocessedEvents);

    public override void ContinueAsNew(ContinueAsNewOptions options) => Engine.ContinueAsNew(options);

    public override Guid NewGuid() => Engine.NewGuid();
}
