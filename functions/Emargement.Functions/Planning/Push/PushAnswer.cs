using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Push;

/// <summary>What became of one thing.</summary>
public enum PushOutcome
{
    Created,
    Updated,
    Unchanged,
    Cancelled,
    Rejected,
}

/// <summary>What is said of it: the codes of a file's report.</summary>
/// <param name="Text">In French.</param>
public sealed record PushRemark(string Code, ImportSeverity Severity, string Text);

/// <param name="Version">What If-Match of the next change may carry; null for what was never taken.</param>
public sealed record PushedItem(PushKind Kind, Reference Ref, PushOutcome Outcome, string? Version, IReadOnlyList<PushRemark> Remarks);

/// <summary>What became of everything that was pushed.</summary>
/// <param name="Source">Names the source in <c>GET …/sources</c>.</param>
/// <param name="Run">Its report, where one is kept: of a batch that changed something, and of what was refused.</param>
/// <param name="Remarks">What is said of nothing single, such as placements that follow.</param>
public sealed record PushAnswer(string Source, string? Run, IReadOnlyList<PushedItem> Items, IReadOnlyList<PushRemark> Remarks);

/// <param name="Imported">What is to be woken; null when nothing was read.</param>
public sealed record Pushed(PushAnswer Answer, Imported? Imported);
