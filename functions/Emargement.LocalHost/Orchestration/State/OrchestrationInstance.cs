using Azure;
using Azure.Data.Tables;
using Emargement.LocalHost.Orchestration.Replay;
using Microsoft.DurableTask.Client;

namespace Emargement.LocalHost.Orchestration.State;

/// <summary>One orchestration: the row that its ETag guards. Whoever changes it has read the same state.</summary>
internal sealed record OrchestrationInstance
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>New at each start and at each ContinueAsNew: answers to an older execution are dropped.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Counts executions; the history of older ones is left behind.</summary>
    public int Generation { get; init; }

    /// <summary>Number of the next episode.</summary>
    public int Episode { get; init; }

    public OrchestrationRuntimeStatus Status { get; init; }

    public string? Input { get; init; }

    public string? Output { get; init; }

    public string? CustomStatus { get; init; }

    public Failure? Failure { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Not before this instant.</summary>
    public DateTimeOffset? StartAt { get; init; }

    public ParentTask? Parent { get; init; }

    /// <summary>The span of its scheduling: its own span and those of its activities come under it, in whichever process they run.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The process that runs its activities, and until when others leave it alone.</summary>
    public string? LeaseOwner { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    public ETag ETag { get; init; }

    public bool IsOver => Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    public static OrchestrationInstance Read(TableEntity row) =>
        ChunkedText.Read<OrchestrationInstance>(row)! with { ETag = row.ETag };

    public TableEntity ToRow(string partition, string rowKey)
    {
        var row = new TableEntity(partition, rowKey) { ["Status"] = Status.ToString(), ETag = ETag };
        ChunkedText.Write(row, this with { ETag = default });
        return row;
    }
}

/// <summary>The task of another orchestration that waits for this one.</summary>
internal sealed record ParentTask(string InstanceId, string Name, string ExecutionId, int TaskId);
