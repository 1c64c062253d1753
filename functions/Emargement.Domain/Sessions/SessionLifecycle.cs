using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions;

/// <summary>The states of a Session and who moves it: planned, open, closed; a cancelled one stays so.</summary>
public static class SessionLifecycle
{
    /// <summary>Opens a Session inside its signing window. One that is open already stays as it is, key included, so that a retry or a
    /// second screen shows the same codes. A manager may also open one whose window has ended, to close it and correct it from
    /// paper.</summary>
    /// <param name="session">As stored.</param>
    /// <param name="organisation">Whose window applies.</param>
    /// <param name="byManager">Whether a manager, not the trainer, asks.</param>
    /// <param name="newKey">256 random bits, used only if it was planned.</param>
    /// <param name="now">Server time.</param>
    public static Result<Session> Open(
        Session session, Organisation organisation, bool byManager, ReadOnlyMemory<byte> newKey, DateTimeOffset now)
    {
        if (session.State == SessionState.Open)
        {
            return session;
        }

        if (session.State != SessionState.Planned)
        {
            return NotOpen(session);
        }

        // Nobody signs half-days in a company: the learner declares the week, the tutor validates it.
        if (session.Modality == Modality.Company)
        {
            return Refusal.Conflict("session-in-company");
        }

        var window = SigningWindow.Of(session, organisation);
        if (window.Check(now) is { } refusal && !(byManager && now > window.EndsAt))
        {
            return refusal;
        }

        return session with { State = SessionState.Open, OpenedAt = now, Key = newKey };
    }

    /// <summary>Closes an open Session; its key, of no more use, is forgotten.</summary>
    public static Result<Session> Close(Session session, DateTimeOffset at) =>
        session.State == SessionState.Open
            ? session with { State = SessionState.Closed, ClosedAt = at, Key = ReadOnlyMemory<byte>.Empty }
            : NotOpen(session);

    /// <summary>Closes a Session whose paper sheet was recorded, whether or not anybody had opened it.</summary>
    public static Result<Session> Record(Session session, DateTimeOffset at) =>
        session.State == SessionState.Planned
            ? session with { State = SessionState.Closed, ClosedAt = at }
            : Close(session, at);

    /// <summary>In which state a Session is: its facts say it before a row that was remembered or is about to be written.</summary>
    public static SessionState StateOf(Session session, IReadOnlyCollection<Fact> facts) =>
        facts.Any(f => f is Closed) ? SessionState.Closed
        : session.State != SessionState.Cancelled && facts.Any(f => f is Opened) ? SessionState.Open
        : session.State;

    /// <summary>Null when learners may sign now; else why not.</summary>
    public static Refusal? CheckSigning(Session session, Organisation organisation, DateTimeOffset now) =>
        session.State is SessionState.Closed or SessionState.Cancelled ? NotOpen(session)
        : SigningWindow.Of(session, organisation).Check(now)
        ?? (session.State == SessionState.Open ? null : NotOpen(session));

    /// <summary>What to answer when a Session is not open.</summary>
    public static Refusal NotOpen(Session session) => session.State switch
    {
        SessionState.Closed => Refusal.Conflict("session-closed"),
        SessionState.Cancelled => Refusal.Conflict("session-cancelled"),
        _ => Refusal.Conflict("session-not-open"),
    };
}
