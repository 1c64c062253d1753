using System.Text.Json.Serialization;

namespace Emargement.LocalHost.Orchestration.Replay;

/// <summary>
/// What happened to an orchestration, in order. An episode is what one run of the orchestrator adds: when it began, what had arrived, and then what
/// the orchestrator asked for. Replaying the arrivals in order must ask for the same things again.
/// </summary>
[JsonDerivedType(typeof(EpisodeStarted), "episode")]
[JsonDerivedType(typeof(TaskCompleted), "completed")]
[JsonDerivedType(typeof(TaskFailed), "failed")]
[JsonDerivedType(typeof(TimerFired), "fired")]
[JsonDerivedType(typeof(EventRaised), "raised")]
[JsonDerivedType(typeof(Terminated), "terminated")]
[JsonDerivedType(typeof(Suspended), "suspended")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(Strayed), "strayed")]
[JsonDerivedType(typeof(ActivityAsked), "activity")]
[JsonDerivedType(typeof(ChildAsked), "child")]
[JsonDerivedType(typeof(TimerAsked), "timer")]
[JsonDerivedType(typeof(SendAsked), "send")]
internal abstract record HistoryEvent;

/// <summary>A run of the orchestrator began; <paramref name="At"/> is its current time until the next one.</summary>
internal sealed record EpisodeStarted(DateTime At) : HistoryEvent;

/// <summary>An activity or a child orchestration gave its result, as JSON.</summary>
internal sealed record TaskCompleted(int Id, string? Result) : HistoryEvent;

internal sealed record TaskFailed(int Id, Failure Failure) : HistoryEvent;

internal sealed record TimerFired(int Id, DateTime FireAt) : HistoryEvent;

/// <summary>An event from a client or from another orchestration.</summary>
/// <param name="From">Id of the message that brought it, so that one sent again is taken once.</param>
/// <param name="At">When it was sent, UTC: its place among others is kept when the orchestration continues as new.</param>
internal sealed record EventRaised(string Name, string? Input, string From, DateTime At) : HistoryEvent;

internal sealed record Terminated(string? Output, bool Recursive) : HistoryEvent;

internal sealed record Suspended(string? Reason) : HistoryEvent;

internal sealed record Resumed(string? Reason) : HistoryEvent;

/// <summary>The orchestrator was woken by something that is not one of its durable tasks.</summary>
internal sealed record Strayed : HistoryEvent;

/// <summary>What an orchestrator asks for. Numbers are given in the order of asking, so that a replay gives the same ones.</summary>
internal abstract record Asked(int Id) : HistoryEvent
{
    /// <summary>The request in the words of an error message.</summary>
    public abstract string Words { get; }
}

internal sealed record ActivityAsked(int Id, string Name, string? Input) : Asked(Id)
{
    [JsonIgnore]
    public override string Words => $"activity '{Name}' with input {Input ?? "null"}";
}

internal sealed record ChildAsked(int Id, string Name, string InstanceId, string? Input) : Asked(Id)
{
    [JsonIgnore]
    public override string Words => $"orchestration '{Name}' as '{InstanceId}' with input {Input ?? "null"}";
}

internal sealed record TimerAsked(int Id, DateTime FireAt) : Asked(Id)
{
    [JsonIgnore]
    public override string Words => $"timer until {FireAt:O}";
}

internal sealed record SendAsked(int Id, string InstanceId, string Name, string? Input) : Asked(Id)
{
    [JsonIgnore]
    public override string Words => $"event '{Name}' to '{InstanceId}' with {Input ?? "null"}";
}

/// <summary>Something on its way to an orchestration.</summary>
/// <param name="Id">The same for a message that is sent again, so that it is taken once.</param>
/// <param name="At">When it was sent, UTC.</param>
/// <param name="ExecutionId">The execution it answers; null for whichever runs.</param>
internal sealed record Message(string Id, DateTime At, string? ExecutionId, HistoryEvent Event);
