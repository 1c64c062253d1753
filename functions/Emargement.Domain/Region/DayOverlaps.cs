using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Region;

/// <summary>Sessions of one day that stand in each other's way.</summary>
internal sealed class DayOverlaps(IEnumerable<SessionFacts> day)
{
    private readonly List<Session> _sessions = [.. day.Select(s => s.Session).Where(s => s.State != SessionState.Cancelled)];

    /// <summary>
    /// The trainer is also elsewhere. Two groups taught together in one room are one place: that is for <see cref="Room"/> to say.
    /// </summary>
    public bool Trainer(Session session) =>
        Others(session).Any(o => o.Trainers.Intersect(session.Trainers).Any() && !InOneRoom(o, session));

    /// <summary>Another group is in the room.</summary>
    public bool Room(Session session) =>
        Others(session).Any(o => InOneRoom(o, session) && (o.TrainingRef != session.TrainingRef || o.Group != session.Group));

    private IEnumerable<Session> Others(Session session) => _sessions.Where(o => AtOnce(o, session));

    private static bool AtOnce(Session a, Session b) => a.Id != b.Id && a.Start < b.End && b.Start < a.End;

    private static bool InOneRoom(Session a, Session b) =>
        a.Modality == Modality.Centre && b.Modality == Modality.Centre && a.Room is not null && a.Room == b.Room && a.Site == b.Site;
}
