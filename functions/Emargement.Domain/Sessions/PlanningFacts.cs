using System.Globalization;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions;

/// <summary>What people changed of a Session's planning by hand, in the evidence beside its signatures. No signature: a Session that has
/// only these may still change.</summary>
public static class PlanningFacts
{
    /// <summary>How the keys of these facts begin.</summary>
    public const string Prefix = "0-";

    /// <summary>The facts that a Session's row says there must be.</summary>
    public static IEnumerable<Fact> Of(Session session) =>
        session.Edits.Select(Fact (e) => e.ToFact()).Concat(session.Roster.Select(r => r.ToFact()));
}

/// <summary>A person changed one thing of the planning.</summary>
public sealed record Edited : Fact
{
    public required int N { get; init; }

    public required EditedField Field { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Reason { get; init; }

    public override string Key => $"{PlanningFacts.Prefix}edit|{N.ToString("D4", CultureInfo.InvariantCulture)}";
}

/// <summary>A person said that a learner is expected, or is not.</summary>
public sealed record Rostered : Fact
{
    public required Reference Learner { get; init; }

    public required bool Expected { get; init; }

    public string? Funder { get; init; }

    public string? Reason { get; init; }

    public override string Key => $"{PlanningFacts.Prefix}roster|{Learner.Key}|{Ordered(At)}";

    public override Reference? About => Learner;
}

/// <summary>Who is expected in a Session: those enrolled that day, with those whom somebody added and without those whom somebody took
/// off; the last word on each stands.</summary>
public static class ExpectedPeople
{
    public static IReadOnlyList<Reference> Of(
        IEnumerable<Reference> enrolled, IReadOnlyList<RosterChange> changes, IEnumerable<Rostered>? facts = null)
    {
        var last = Last(changes.Select(c => c.ToFact()).Concat(facts ?? []));
        var stay = enrolled.Where(l => !last.TryGetValue(l, out var word) || word.Expected).ToList();
        return [.. stay, .. last.Values.Where(w => w.Expected && !stay.Contains(w.Learner)).Select(w => w.Learner)];
    }

    /// <summary>The last word on each learner.</summary>
    public static IReadOnlyDictionary<Reference, Rostered> Last(IEnumerable<Rostered> words) =>
        words.GroupBy(w => w.Learner).ToDictionary(g => g.Key, g => g.MaxBy(w => w.At)!);
}
