using System.Text.Json.Serialization;
using Emargement.LocalHost.Orchestration.Replay;

namespace Emargement.LocalHost.Orchestration.State;

/// <summary>
/// What an episode owes to other instances. Written with the episode and carried out after it, again after a crash: each kind is harmless twice.
/// </summary>
[JsonDerivedType(typeof(StartChild), "start")]
[JsonDerivedType(typeof(SendMessage), "send")]
internal abstract record Effect;

internal sealed record StartChild(string InstanceId, string Name, string? Input, ParentTask Parent, string? TraceParent) : Effect;

internal sealed record SendMessage(string InstanceId, Message Message) : Effect;
