using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Tests.Placements;

/// <summary>A client that lets something happen, once, at a moment between two of its calls. All else is the client's own.</summary>
internal sealed class MomentsOfClient(DurableTaskClient client) : DurableTaskClient(client.Name)
{
    private readonly Dictionary<string, Func<Task>> _moments = [];

    public IEnumerable<string> Moments => _moments.Keys;

    public Func<Task> BeforeEvent { init => _moments[nameof(BeforeEvent)] = value; }

    public Func<Task> AfterEvent { init => _moments[nameof(AfterEvent)] = value; }

    public Func<Task> BeforeStart { init => _moments[nameof(BeforeStart)] = value; }

    public Func<Task> AfterRefusedStart { init => _moments[nameof(AfterRefusedStart)] = value; }

    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        await ComesAsync(nameof(BeforeEvent));
        await client.RaiseEventAsync(instanceId, eventName, eventPayload, cancellation);
        await ComesAsync(nameof(AfterEvent));
    }

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        await ComesAsync(nameof(BeforeStart));
        try
        {
            return await client.ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, options, cancellation);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            await ComesAsync(nameof(AfterRefusedStart));
            throw;
        }
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        client.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        client.WaitForInstanceStartAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        client.SuspendInstanceAsync(instanceId, reason, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        client.ResumeInstanceAsync(instanceId, reason, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        client.GetAllInstancesAsync(filter);

    public override ValueTask DisposeAsync() => client.DisposeAsync();

    private async Task ComesAsync(string moment)
    {
        if (_moments.Remove(moment, out var happens))
        {
            await happens();
        }
    }
}
