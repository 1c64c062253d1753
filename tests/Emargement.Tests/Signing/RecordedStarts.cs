using System.Collections.Concurrent;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Tests.Signing;

/// <summary>
/// An orchestration client that remembers what was started and runs nothing: a start of an id that is running is refused, as the real one
/// does.
/// </summary>
public sealed class RecordedStarts() : DurableTaskClient("tests")
{
    private readonly ConcurrentDictionary<string, OrchestrationRuntimeStatus> _instances = new();
    private readonly ConcurrentQueue<string> _starts = new();

    public IReadOnlyList<string> Started => [.. _starts];

    public void Finish(string instance) => _instances[instance] = OrchestrationRuntimeStatus.Completed;

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        var id = options!.InstanceId!;
        var running = OrchestrationRuntimeStatus.Running;
        if (!_instances.TryAdd(id, running) && !_instances.TryUpdate(id, running, OrchestrationRuntimeStatus.Completed))
        {
            throw new OrchestrationAlreadyExistsException("An orchestration with this id is running.");
        }

        _starts.Enqueue(id);
        return Task.FromResult(id);
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(
            _instances.TryGetValue(instanceId, out var status)
                ? new OrchestrationMetadata("SealSheet", instanceId) { RuntimeStatus = status }
                : null);

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Microsoft.DurableTask.AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
