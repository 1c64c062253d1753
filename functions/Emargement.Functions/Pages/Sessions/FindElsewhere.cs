using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Pages.Sessions;

/// <summary>
/// Finds who of a Session's list is expected in another one at the same time: they are in two groups, and their minutes count once. It asks
/// for each person's enrolments, so pages show it when they open, and lists that are asked for every few seconds do not.
/// </summary>
public sealed class FindElsewhere(SessionScenes scenes, SessionsTable sessions, EnrolmentsTable enrolments)
{
    private const int AtOnce = 10;

    /// <returns>The other Session, by learner.</returns>
    public async Task<IReadOnlyDictionary<Reference, Session>> RunAsync(
        OrganisationId organisation, SessionId id, CancellationToken cancellation)
    {
        var scene = await scenes.LatelyAsync(organisation, id, cancellation);
        var elsewhere = new Dictionary<Reference, Session>();
        if (!scene.IsOk)
        {
            return elsewhere;
        }

        var session = scene.Value.Session;
        var others = await sessions.BetweenAsync(organisation, id.Date.AddDays(-1), id.Date.AddDays(1), cancellation)
            .Select(s => s.Value)
            .Where(session.IsAtOnceWith)
            .ToListAsync(cancellation);
        foreach (var some in (others.Count == 0 ? [] : scene.Value.Roster).Chunk(AtOnce))
        {
            var found = await Task.WhenAll(some.Select(l => enrolments.OfLearnerAsync(organisation, l.Learner, cancellation)));
            foreach (var (line, theirs) in some.Zip(found))
            {
                if (others.Find(o => theirs.Any(
                    e => e.TrainingRef == o.TrainingRef && o.Groups.Contains(e.Group) && e.On(o.Id.Date) is not null)) is { } other)
                {
                    elsewhere[line.Learner] = other;
                }
            }
        }

        return elsewhere;
    }
}
