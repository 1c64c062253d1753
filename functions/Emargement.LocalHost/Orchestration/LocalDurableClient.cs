using System.Diagnostics;
using DurableTask.Core;
using DurableTask.Core.Query;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using EngineQuery = DurableTask.Core.Query.OrchestrationQuery;
using OrchestrationQuery = Microsoft.DurableTask.Client.OrchestrationQuery;
using PurgeResult = Microsoft.DurableTask.Client.PurgeResult;
using Status = Grpc.Core.Status;

namespace Emargement.LocalHost.Orchestration;

/// <summary>
/// The client that functions start, question and steer orchestrations with. It refuses what the real host refuses, with the exceptions
/// of the worker's client.
/// </summary>
internal sealed class LocalDurableClient(TaskHub hub, IdleWatch idle) : DurableTaskClient("LocalHost")
{
    // The name under which the worker's client writes.
    private static readonly ActivitySource Traces = new("Microsoft.DurableTask");

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    // As unless set in host.json: an id is taken until its run is over.
    private static readonly OrchestrationStatus[] Taken =
        [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended, OrchestrationStatus.ContinuedAsNew];

    private readonly TaskHubClient _client = new(hub.Client, new JsonData.ForEngine());

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        if (options?.StartAt is not null)
        {
            throw new NotSupportedException("LocalHost starts orchestrations at once.");
        }

        idle.Moved();
        using var span = Traces.StartActivity($"create_orchestration:{orchestratorName.Name}", ActivityKind.Producer);
        var started = await _client.CreateOrchestrationInstanceAsync(
            orchestratorName.Name, string.Empty, options?.InstanceId, input, tags: null, Taken);
        return started.InstanceId;
    }

    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var instance = await ExistingAsync(instanceId);
        if (!Taken.Contains(instance.OrchestrationStatus))
        {
            throw Fault(StatusCode.FailedPrecondition, "The orchestration instance with the provided instance id is not running.");
        }

        idle.Moved();
        await _client.RaiseEventAsync(new OrchestrationInstance { InstanceId = instanceId }, eventName, eventPayload!);
    }

    public override async Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        await EnsureAsync(instanceId, "terminate", Taken);
        var output = JsonData.Instance.Serialize(options?.Output) ?? string.Empty;
        await _client.TerminateInstanceAsync(new OrchestrationInstance { InstanceId = instanceId }, output);
    }

    public override async Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        await EnsureAsync(
            instanceId, "suspend", OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.ContinuedAsNew);
        await _client.SuspendInstanceAsync(new OrchestrationInstance { InstanceId = instanceId }, reason);
    }

    public override async Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        await EnsureAsync(instanceId, "resume", OrchestrationStatus.Suspended);
        await _client.ResumeInstanceAsync(new OrchestrationInstance { InstanceId = instanceId }, reason);
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        await WaitAsync(instanceId, i => i.RuntimeStatus != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        await WaitAsync(instanceId, i => i.IsCompleted, getInputsAndOutputs, cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        await _client.GetOrchestrationStateAsync(instanceId) is { } state ? ToMetadata(state, getInputsAndOutputs) : null;

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new OrchestrationQuery();
        return Pageable.Create(async (continuation, pageSize, cancellation) =>
        {
            var query = new EngineQuery
            {
                RuntimeStatus = filter.Statuses?.Select(s => (OrchestrationStatus)s).ToList(),
                CreatedTimeFrom = filter.CreatedFrom?.UtcDateTime,
                CreatedTimeTo = filter.CreatedTo?.UtcDateTime,
                InstanceIdPrefix = filter.InstanceIdPrefix,
                FetchInputsAndOutputs = filter.FetchInputsAndOutputs,
                PageSize = pageSize ?? filter.PageSize,
                ContinuationToken = continuation ?? filter.ContinuationToken,
            };
            var found = await hub.Engine.GetOrchestrationWithQueryAsync(query, cancellation);
            return new Page<OrchestrationMetadata>(
                [.. found.OrchestrationState.Select(s => ToMetadata(s, filter.FetchInputsAndOutputs))], found.ContinuationToken);
        });
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        new((await hub.Engine.PurgeInstanceHistoryAsync(instanceId)).InstancesDeleted);

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        new((await hub.Engine.PurgeInstanceHistoryAsync(
            filter.CreatedFrom?.UtcDateTime ?? default,
            filter.CreatedTo?.UtcDateTime,
            filter.Statuses?.Select(s => (OrchestrationStatus)s))).InstancesDeleted);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // The engine names what failed in the output; of the failure's details it tells a client nothing.
    private static OrchestrationMetadata ToMetadata(OrchestrationState state, bool withData) =>
        new(state.Name, state.OrchestrationInstance.InstanceId)
        {
            RuntimeStatus = (OrchestrationRuntimeStatus)state.OrchestrationStatus,
            CreatedAt = state.CreatedTime,
            LastUpdatedAt = state.LastUpdatedTime,
            DataConverter = withData ? JsonData.Instance : null,
            SerializedInput = withData ? state.Input : null,
            SerializedOutput = withData ? state.Output : null,
            SerializedCustomStatus = withData ? state.Status : null,
        };

    private static RpcException Fault(StatusCode code, string detail) => new(new Status(code, detail));

    private async Task<OrchestrationState> ExistingAsync(string instanceId)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return await _client.GetOrchestrationStateAsync(instanceId)
            ?? throw Fault(StatusCode.NotFound, $"No instance with ID '{instanceId}' was found.");
    }

    private async Task EnsureAsync(string instanceId, string what, params OrchestrationStatus[] statuses)
    {
        var instance = await ExistingAsync(instanceId);
        if (!statuses.Contains(instance.OrchestrationStatus))
        {
            throw Fault(
                StatusCode.FailedPrecondition,
                $"InvalidOperationException: Cannot {what} the orchestration instance {instanceId} because instance is in the "
                + $"{instance.OrchestrationStatus} state.");
        }

        idle.Moved();
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<OrchestrationMetadata, bool> condition, bool withData, CancellationToken cancellation)
    {
        while (true)
        {
            if (await GetInstancesAsync(instanceId, withData, cancellation) is { } instance && condition(instance))
            {
                return instance;
            }

            await Task.Delay(BetweenLooks, cancellation);
        }
    }
}
