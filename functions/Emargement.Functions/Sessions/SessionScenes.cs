using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions;

/// <summary>A Session with all around it that rules and screens need.</summary>
/// <param name="Roster">Learners enrolled that day, by name.</param>
public sealed record SessionScene(Organisation Organisation, Stored<Session> Stored, Training? Training, IReadOnlyList<RosterLine> Roster)
{
    public Session Session => Stored.Value;

    public RosterLine? Find(Reference learner) => Roster.FirstOrDefault(l => l.Learner == learner);
}

/// <summary>Reads Sessions with their surroundings. Trainings and rosters change by the nightly import, so this process keeps them for half
/// a minute; opening a Session reads them afresh.</summary>
public sealed class SessionScenes(
    OrganisationSettings organisations, SessionsTable sessions, TrainingsTable trainings, EnrolmentsTable enrolments, TimeProvider time)
{
    private readonly ShortMemory<(OrganisationId, Reference), Training> _trainings = new(time);
    private readonly ShortMemory<(OrganisationId, Reference, string, DateOnly), IReadOnlyList<RosterLine>> _rosters = new(time);
    private readonly ShortMemory<(OrganisationId, SessionId), Stored<Session>> _sessions = new(time);

    /// <summary>The scene with the Session as stored now: one call when the rest is in memory.</summary>
    /// <returns>The scene, or <c>organisation-unknown</c> or <c>session-not-found</c>.</returns>
    public Task<Result<SessionScene>> NowAsync(OrganisationId organisation, SessionId session, CancellationToken cancellation) =>
        SceneAsync(organisation, session, () => sessions.FindAsync(organisation, session, cancellation), cancellation);

    /// <summary>
    /// As <see cref="NowAsync"/>, for one learner: when memory does not know them, the roster is read afresh, because they may have been
    /// enrolled just now.
    /// </summary>
    public async Task<Result<SessionScene>> NowForAsync(
        OrganisationId organisation, SessionId session, Reference learner, CancellationToken cancellation)
    {
        var scene = await NowAsync(organisation, session, cancellation);
        if (!scene.IsOk || scene.Value.Find(learner) is not null)
        {
            return scene;
        }

        Forget(scene.Value.Session);
        return await NowAsync(organisation, session, cancellation);
    }

    /// <summary>As <see cref="NowAsync"/>, for one of the staff.</summary>
    /// <returns>The scene, or <c>not-your-session</c> too.</returns>
    public async Task<Result<SessionScene>> NowForAsync(
        OrganisationId organisation, SessionId session, Caller staff, CancellationToken cancellation) =>
        SessionStaff.Admit(staff, await NowAsync(organisation, session, cancellation));

    /// <summary>As <see cref="LatelyAsync"/>, for one of the staff.</summary>
    /// <returns>The scene, or <c>not-your-session</c> too.</returns>
    public async Task<Result<SessionScene>> LatelyForAsync(
        OrganisationId organisation, SessionId session, Caller staff, CancellationToken cancellation) =>
        SessionStaff.Admit(staff, await LatelyAsync(organisation, session, cancellation));

    /// <summary>
    /// The scene with the Session as it was up to half a minute ago: no call when it is in memory. Its state and key must not be relied on.
    /// </summary>
    public Task<Result<SessionScene>> LatelyAsync(OrganisationId organisation, SessionId session, CancellationToken cancellation) =>
        SceneAsync(
            organisation,
            session,
            () => KeptAsync(_sessions, (organisation, session), () => sessions.FindAsync(organisation, session, cancellation)),
            cancellation);

    /// <summary>Sessions of a day in which a learner is expected, cancelled ones left out: two range queries.</summary>
    public async Task<IReadOnlyList<Session>> DayOfLearnerAsync(
        OrganisationId organisation, Reference learner, DateOnly day, CancellationToken cancellation)
    {
        var groups = (await enrolments.OfLearnerAsync(organisation, learner, cancellation))
            .Where(e => e.On(day) is not null)
            .Select(e => (e.TrainingRef, e.Group))
            .ToHashSet();
        return groups.Count == 0
            ? []
            : await sessions.OfDayAsync(organisation, day, cancellation)
                .Select(s => s.Value)
                .Where(s => s.State != SessionState.Cancelled && s.Modality != Modality.Company)
                .Where(s => s.Groups.Any(g => groups.Contains((s.TrainingRef, g))))
                .ToListAsync(cancellation);
    }

    public Task<Training?> TrainingAsync(OrganisationId organisation, Reference training, CancellationToken cancellation) =>
        KeptAsync(
            _trainings, (organisation, training), async () => (await trainings.FindAsync(organisation, training, cancellation))?.Value);

    /// <summary>Makes this process read a Session, its roster and its training afresh.</summary>
    public void Forget(Session session)
    {
        _sessions.Forget((session.Organisation, session.Id));
        _rosters.Forget(RosterKey(session));
        _trainings.Forget((session.Organisation, session.TrainingRef));
    }

    private async Task<Result<SessionScene>> SceneAsync(
        OrganisationId organisation, SessionId id, Func<Task<Stored<Session>?>> read, CancellationToken cancellation)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        if (await read() is not { } stored)
        {
            return Refusal.NotFound("session-not-found");
        }

        var session = stored.Value;
        var training = await TrainingAsync(organisation, session.TrainingRef, cancellation);
        var roster = await KeptAsync<(OrganisationId, Reference, string, DateOnly), IReadOnlyList<RosterLine>>(
            _rosters, RosterKey(session), async () => await enrolments.RosterAsync(
                organisation, session.TrainingRef, session.Groups, session.Id.Date, cancellation));
        return new SessionScene(settings.Value, stored, training, roster ?? []);
    }

    private static async Task<TValue?> KeptAsync<TKey, TValue>(ShortMemory<TKey, TValue> memory, TKey key, Func<Task<TValue?>> read)
        where TKey : notnull
        where TValue : class
    {
        if (memory.Find(key) is { } known)
        {
            return known;
        }

        var value = await read();
        if (value is not null)
        {
            memory.Keep(key, value);
        }

        return value;
    }

    private static (OrganisationId, Reference, string, DateOnly) RosterKey(Session session) =>
        (session.Organisation, session.TrainingRef, session.Group, session.Id.Date);
}

/// <summary>Who of the staff may see a Session and act on it: the one rule of pages, lists, documents and acts.</summary>
public static class SessionStaff
{
    /// <summary>A manager acts on any, a trainer on their own, a machine with its right on any.</summary>
    /// <returns>Null when allowed, else <c>not-your-session</c>.</returns>
    public static Refusal? Check(Caller caller, Session session) =>
        caller.Kind is Callers.Manager or Callers.Machine || (caller.Kind == Callers.Trainer && session.IsTaughtBy(caller.Person))
            ? null
            : Refusal.Forbidden("not-your-session");

    /// <summary>The scene, for those who may see it.</summary>
    public static Result<SessionScene> Admit(Caller caller, Result<SessionScene> scene) =>
        scene.IsOk && Check(caller, scene.Value.Session) is { } notYours ? notYours : scene;
}
