using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning;

/// <summary>Days of a group's planning that were read to their end.</summary>
/// <param name="First">Local day, inclusive.</param>
/// <param name="Last">Local day, inclusive.</param>
public sealed record ReadSpan(Reference Training, string Group, DateOnly First, DateOnly Last);

/// <summary>Which stored Sessions of its source a planning stands for: those that it does not name any more are cancelled.</summary>
public sealed class PlanningScope
{
    private readonly IReadOnlyList<ReadSpan>? _spans;

    private PlanningScope(IReadOnlyList<ReadSpan>? spans) => _spans = spans;

    /// <summary>Those of a training that it names, between its first and last days: what a file says.</summary>
    public static PlanningScope File { get; } = new(null);

    /// <summary>None: what a system pushes speaks of nothing else.</summary>
    public static PlanningScope Named { get; } = new([]);

    /// <summary>Whether what it cancels must be its own, and no day between those that it names is read.</summary>
    public bool IsNamedOnly => _spans is { Count: 0 };

    public bool IsOfFile => _spans is null;

    /// <summary>First and last days of what was read.</summary>
    public IEnumerable<(DateOnly First, DateOnly Last)> Days => (_spans ?? []).Select(s => (s.First, s.Last));

    /// <summary>Groups of which these days were read, each to its end; a group that could not be read keeps what it has.</summary>
    public static PlanningScope Read(IReadOnlyList<ReadSpan> spans) => new(spans);

    /// <summary>Whether the days of all its groups were read.</summary>
    public bool Covers(Session session) => _spans is not null && session.Groups.All(group => _spans.Any(
        s => s.Training == session.TrainingRef && s.Group == group && s.First <= session.Id.Date && session.Id.Date <= s.Last));
}
