using Azure.Data.Tables;
using DurableTask.Core.Exceptions;
using Emargement.LocalHost.Invocation;
using Emargement.LocalHost.Orchestration.Replay;
using Emargement.LocalHost.Orchestration.State;
using Grpc.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.LocalHost.Orchestration;

/// <summary>The client that functions start, question and steer orchestrations with. It refuses what the real one refuses, with the same exceptions.</summary>
internal sealed class LocalDurableClient(OrchestrationStore store, InstanceQueue queue, FunctionCatalog catalog, TimeProvider clock)
    : DurableTaskClient("LocalHost")
{
    // Another process may be the one that changes an instance.
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        if (catalog.Find<OrchestrationTriggerAttribute>(orchestratorName.Name) is null)
        {
            throw Fault($"There is no orchestrator function named '{orchestratorName.Name}'.");
        }

        var now = clock.GetUtcNow();
        var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        using var scheduling = OrchestrationTraces.Scheduling(orchestratorName.Name, id);
        var instance = new OrchestrationInstance
        {
            Id = id,
            Name = orchestratorName.Name,
            ExecutionId = Guid.NewGuid().ToString("N"),
            Status = OrchestrationRuntimeStatus.Pending,
            Input = JsonData.Instance.Serialize(input),
            CreatedAt = now,
            UpdatedAt = now,
            StartAt = options?.StartAt,
            TraceParent = scheduling?.Id,
        };
        var listed = await store.StartAsync(instance, cancellation)
            ?? throw new OrchestrationAlreadyExistsException($"An orchestration with the instance ID '{instance.Id}' already exists and is not over.");
        queue.Enqueue(instance.Id, listed);
        return instance.Id;
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return SendAsync(instanceId, (id, at) => new EventRaised(eventName, JsonData.Instance.Serialize(eventPayload), id, at), cancellation);
    }

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, (_, _) => new Terminated(JsonData.Instance.Serialize(options?.Output), options?.Recursive ?? false), cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, (_, _) => new Suspended(reason), cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, (_, _) => new Resumed(reason), cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, i => i.Status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, i => i.IsOver, getInputsAndOutputs, cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        await store.FindAsync(instanceId, cancellation) is { } instance ? ToMetadata(instance, getInputsAndOutputs) : null;

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        new InstancePages(store, filter ?? new OrchestrationQuery());

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        if (await store.FindAsync(instanceId, cancellation) is not { IsOver: true })
        {
            return new PurgeResult(0);
        }

        await store.PurgeAsync(instanceId, cancellation);
        return new PurgeResult(1);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var purged = 0;
        await foreach (var instance in GetAllInstancesAsync(new OrchestrationQuery(filter.CreatedFrom, filter.CreatedTo, filter.Statuses))
            .WithCancellation(cancellation))
        {
            purged += (await PurgeInstanceAsync(instance.InstanceId, options, cancellation)).PurgedInstanceCount;
        }

        return new PurgeResult(purged);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal static OrchestrationMetadata ToMetadata(OrchestrationInstance instance, bool withData) => new(instance.Name, instance.Id)
    {
        RuntimeStatus = instance.Status,
        CreatedAt = instance.CreatedAt,
        LastUpdatedAt = instance.UpdatedAt,
        DataConverter = withData ? JsonData.Instance : null,
        SerializedInput = withData ? instance.Input : null,
        SerializedOutput = withData ? instance.Output : null,
        SerializedCustomStatus = withData ? instance.CustomStatus : null,
        FailureDetails = withData ? instance.Failure?.ToDetails() : null,
    };

    private async Task SendAsync(string instanceId, Func<string, DateTime, HistoryEvent> what, CancellationToken cancellation)
    {
        switch (await store.FindAsync(instanceId, cancellation))
        {
            case null:
                throw Fault($"No instance with ID '{instanceId}' was found.");
            case { IsOver: true } over:
                throw Fault($"The orchestration instance '{instanceId}' is over: its status is {over.Status}.");
        }

        var (id, now) = (Guid.NewGuid().ToString("N"), clock.GetUtcNow().UtcDateTime);
        await store.SendAsync(instanceId, new Message(id, now, null, what(id, now)), cancellation);
        queue.Enqueue(instanceId, await store.TouchAsync(instanceId, cancellation));
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<OrchestrationInstance, bool> condition, bool withData, CancellationToken cancellation)
    {
        while (true)
        {
            var change = queue.NextChange(instanceId);
            if (await store.FindAsync(instanceId, cancellation) is { } instance && condition(instance))
            {
                return ToMetadata(instance, withData);
            }

            await Task.WhenAny(change, Task.Delay(LookAgainAfter, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
    }

    // The host's handler threw: that is how its refusals reach the worker's client.
    private static RpcException Fault(string detail) => new(new Status(StatusCode.Unknown, detail));
}
