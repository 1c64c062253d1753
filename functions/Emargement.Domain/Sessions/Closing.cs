using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions;

/// <summary>
/// What closing a Session writes: a <see cref="NotSigned"/> for each expected learner without a signature, and <see cref="Closed"/>, in
/// groups that are each written whole or not at all. The last group holds <see cref="Closed"/>: until it stands, the Session is open.
/// </summary>
/// <remarks>A <see cref="NotSigned"/> takes the place of a signature, so a group is refused when somebody signed meanwhile; the caller
/// reads again and plans again.</remarks>
public static class Closing
{
    /// <param name="closed">The closing. Its counts are filled in here, and its time is that of the latest fact where a server's clock was
    /// ahead: nothing of a Session is later than its closing.</param>
    /// <param name="openedAt">When it was opened: an opening that was cut short before its fact has it from here, so that no retry of it
    /// comes after the closing.</param>
    /// <param name="expected">Learners enrolled that day.</param>
    /// <param name="facts">Facts of the Session up to now.</param>
    /// <param name="groupSize">Facts that can be written at once.</param>
    /// <param name="excused">What accepted absences say of learners, who may have signed all the same: then the signature stands.</param>
    public static IReadOnlyList<IReadOnlyList<Fact>> Plan(
        Closed closed,
        DateTimeOffset? openedAt,
        IReadOnlyCollection<Reference> expected,
        IReadOnlyCollection<Fact> facts,
        int groupSize,
        IReadOnlyCollection<Marked>? excused = null)
    {
        var answered = facts.Where(f => f is Signed or NotSigned or OnPaper).Select(f => f.About).ToHashSet();
        var complete = closed with
        {
            At = facts.Select(f => f.At).Append(closed.At).Max(),
            Expected = expected.Count,
            SignedCount = facts.Count(f => f is Signed or OnPaper { IsPresent: true }),
        };
        Fact[] opening = facts.Any(f => f is Opened) ? [] : [new Opened { At = openedAt ?? complete.At, By = closed.By }];
        return expected
            .Where(learner => !answered.Contains(learner))
            .Select(Fact (learner) => new NotSigned { At = complete.At, By = closed.By, Learner = learner })
            .Concat(Excused(complete.At, expected, facts, excused ?? []))
            .Concat(opening)
            .Append(complete)
            .Chunk(groupSize)
            .ToList();
    }

    /// <summary>What accepted absences say of those who are not known to have come.</summary>
    internal static IEnumerable<Fact> Excused(
        DateTimeOffset at,
        IReadOnlyCollection<Reference> expected,
        IReadOnlyCollection<Fact> facts,
        IReadOnlyCollection<Marked> excused) =>
        excused.DistinctBy(m => m.Learner)
            .Where(m => expected.Contains(m.Learner) && !facts.Any(f => f.About == m.Learner && IsSaid(f, m.Claim)))
            .Select(m => m with { At = at });

    private static bool IsSaid(Fact fact, string? claim) =>
        fact is Signed or OnPaper { IsPresent: true } || (fact is Marked mark && mark.Claim == claim);
}
