using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Sessions;

/// <summary>What the trainer's page shows of one Session, now.</summary>
/// <param name="SignedCount">Learners with a signature.</param>
/// <param name="Version">What a change of the planning carries in If-Match, up to half a minute old.</param>
/// <param name="Edits">What people changed of the planning, oldest first.</param>
/// <param name="CountersignatureWanted">Somebody else than its trainers closed it, and the planned one has not signed since.</param>
/// <param name="Unknown">People in the room whom nobody enrolled, until a manager has dealt with them.</param>
public sealed record SessionLive(
    SessionSummary Session,
    IReadOnlyList<SigningMethod> Methods,
    IReadOnlyList<LearnerLive> Learners,
    int Expected,
    int SignedCount,
    ClosedLive? Closed,
    string Version,
    IReadOnlyList<SessionEdit> Edits,
    bool CountersignatureWanted,
    IReadOnlyList<UnknownPerson> Unknown);

/// <param name="Apart">What tells them from another of the same name on this list; absent when nobody bears it.</param>
/// <param name="HasEmail">Whether a link can be mailed.</param>
/// <param name="DrawingReused">The very same drawing was used before.</param>
/// <param name="SharedDevice">Another learner of this Session signed on the same device (the handed-round one aside).</param>
public sealed record LearnerLive(
    Reference Learner,
    string LastName,
    string FirstName,
    string? Apart,
    bool HasEmail,
    AttendanceStatus Status,
    int LateMinutes,
    int LeftEarlyMinutes,
    string? Reason,
    SigningMethod? Method,
    DateTimeOffset? SignedAt,
    bool DrawingReused,
    bool SharedDevice);

public sealed record ClosedLive(DateTimeOffset At, string By, int HeadCount, int SignedCount, int Expected);

/// <summary>Reads a Session as it is now: one range query over its facts, the rest from this process's short memory.</summary>
public sealed class WatchSession(SessionScenes scenes, FactsTable facts)
{
    /// <returns>The view, or <c>session-not-found</c> or <c>not-your-session</c>.</returns>
    public async Task<Result<SessionLive>> RunAsync(
        OrganisationId organisation, SessionId id, Caller caller, CancellationToken cancellation)
    {
        var scene = await scenes.LatelyForAsync(organisation, id, caller, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        var known = await facts.OfSessionWithoutDrawingsAsync(organisation, id, cancellation);
        if (IsOld(scene.Value.Session, known))
        {
            scene = await scenes.NowForAsync(organisation, id, caller, cancellation);
        }

        return scene.IsOk ? View(scene.Value, known) : scene.Refusal;
    }

    // Somebody changed the planning through another process: its facts are there, and what this one remembers does not know them.
    private static bool IsOld(Session session, IReadOnlyList<Fact> known) =>
        known.OfType<Edited>().Any(e => session.Edits.Count == 0 || e.N > session.Edits[^1].N)
        || known.OfType<Rostered>().Any(r => session.Roster.Count == 0 || r.At > session.Roster.Max(c => c.At));

    private static SessionLive View(SessionScene scene, IReadOnlyList<Fact> facts)
    {
        var closed = facts.OfType<Closed>().FirstOrDefault();
        var shared = facts.OfType<Signed>()
            .Where(s => s.Device is not null && s.Method != SigningMethod.Tablet)
            .GroupBy(s => s.Device)
            .Where(g => g.Count() > 1)
            .SelectMany(g => g.Select(s => s.Learner))
            .ToHashSet();
        var byLearner = facts.ToLookup(f => f.About);
        var state = SessionLifecycle.StateOf(scene.Session, facts);
        return new SessionLive(
            SessionSummary.Of(scene.Session with { State = state }, scene.Training, scene.Organisation),
            AllowedMethods.Of(scene.Session, scene.Training, scene.Organisation),
            [.. scene.Roster.Select(line => Line(line, scene.Session.PlannedMinutes, [.. byLearner[line.Learner]], shared))],
            scene.Roster.Count,
            facts.Count(f => f is Signed or OnPaper { IsPresent: true }),
            closed is null ? null : new ClosedLive(closed.At, closed.By, closed.HeadCount, closed.SignedCount, closed.Expected),
            scene.Stored.ETag.ToString(),
            scene.Session.Edits,
            Countersigned.IsWanted(scene.Session, facts),
            scene.Session.Unknown);
    }

    private static LearnerLive Line(People.RosterLine line, int plannedMinutes, Fact[] facts, HashSet<Reference> shared)
    {
        var attendance = Attendance.Of(plannedMinutes, facts);
        return new LearnerLive(
            line.Learner,
            line.LastName,
            line.FirstName,
            line.Apart,
            line.HasEmail,
            attendance.Status,
            attendance.Late,
            attendance.LeftEarly,
            attendance.Reason,
            attendance.Method,
            attendance.SignedAt,
            facts.OfType<Signed>().Any(s => s.DrawingReused),
            shared.Contains(line.Learner));
    }
}
