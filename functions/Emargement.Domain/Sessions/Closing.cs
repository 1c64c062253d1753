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
    /// <param name="closed">The closing, whose counts are filled in here.</param>
    /// <param name="expected">Learners enrolled that day.</param>
    /// <param name="facts">Facts of the Session up to now.</param>
    /// <param name="groupSize">Facts that can be written at once.</param>
    public static IReadOnlyList<IReadOnlyList<Fact>> Plan(
        Closed closed, IReadOnlyCollection<Reference> expected, IReadOnlyCollection<Fact> facts, int groupSize)
    {
        var answered = facts.Where(f => f is Signed or NotSigned).Select(f => f.About).ToHashSet();
        var complete = closed with { Expected = expected.Count, SignedCount = facts.Count(f => f is Signed) };
        return expected
            .Where(learner => !answered.Contains(learner))
            .Select(Fact (learner) => new NotSigned { At = closed.At, By = closed.By, Learner = learner })
            .Append(complete)
            .Chunk(groupSize)
            .ToList();
    }
}
