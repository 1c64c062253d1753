using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions.Modes;

namespace Emargement.Functions.Sessions;

/// <summary>A Session with all around it that rules and screens need.</summary>
/// <param name="Roster">Learners enrolled that day, by name.</param>
public sealed record SessionScene(Organisation Organisation, Stored<Session> Stored, Training? Training, IReadOnlyList<RosterLine> Roster)
{
    public Session Session => Stored.Value;

    /// <summary>Whether its group signs on paper that month, while it waits to be recorded.</summary>
    public bool OnPaper { get; init; }

    public RosterLine? Find(Reference learner) => Roster.FirstOrDefault(l => l.Learner == learner);
}

/// <summary>Reads Sessions with their surroundings. Trainings, rosters and open Sessions are kept for half a minute in this process, which
/// reads afresh whatever it changes itself.</summary>
public sealed class SessionScenes
{
    private readonly OrganisationSettings _organisations;
    private readonly SessionsTable _table;
    private readonly TrainingsTable _trainingsTable;
    private readonly EnrolmentsTable _enrolments;
    private readonly LearnersTable _learnersTable;
    private readonly GroupModesTable _modes;
    private readonly TimeProvider _time;

    private readonly ShortMemory<(OrganisationId, Reference), Training> _trainings;
    private readonly ShortMemory<(OrganisationId, Reference, string, DateOnly), IReadOnlyList<RosterLine>> _rosters;
    private readonly ShortMemory<(OrganisationId, Reference), Learner> _learners;
    private readonly ShortMemory<(OrganisationId, SessionId), Stored<Session>> _sessions;
    private readonly ShortMemory<(OrganisationId, SessionId), Stored<Session>> _open;

    public SessionScenes(
        OrganisationSettings organisations,
        SessionsTable sessions,
        TrainingsTable trainings,
        EnrolmentsTable enrolments,
        LearnersTable learners,
        GroupModesTable modes,
        TimeProvider time)
    {
        _modes = modes;
        (_organisations, _table, _trainingsTable, _time) = (organisations, sessions, trainings, time);
        (_enrolments, _learnersTable) = (enrolments, learners);
        (_trainings, _rosters, _learners, _sessions, _open) = (new(time), new(time), new(time), new(time), new(time));
        sessions.Changed += (organisation, session) =>
        {
            _sessions.Forget((organisation, session));
            _open.Forget((organisation, session));
        };
        enrolments.Changed += _rosters.Clear;
    }

    /// <summary>The scene with the Session as stored now: one call when the rest is in memory.</summary>
    /// <returns>The scene, or <c>organisation-unknown</c> or <c>session-not-found</c>.</returns>
    public Task<Result<SessionScene>> NowAsync(OrganisationId organisation, SessionId session, CancellationToken cancellation) =>
        SceneAsync(organisation, session, () => _table.FindAsync(organisation, session, cancellation), cancellation);

    /// <summary>
    /// The scene for those who sign: an open Session with its key as it was up to half a minute ago, until its planned end; never one that
    /// is not open. No call when it is in memory. What is signed after a closing elsewhere, its door refuses.
    /// </summary>
    public Task<Result<SessionScene>> OpenAsync(OrganisationId organisation, SessionId session, CancellationToken cancellation) =>
        SceneAsync(organisation, session, () => FindOpenAsync(organisation, session, cancellation), cancellation);

    /// <summary>As <see cref="OpenAsync"/>, for one learner, as <see cref="NowForAsync(OrganisationId, SessionId, Reference,
    /// CancellationToken)"/>.</summary>
    public async Task<Result<SessionScene>> OpenForAsync(
        OrganisationId organisation, SessionId session, Reference learner, CancellationToken cancellation)
    {
        var scene = await OpenAsync(organisation, session, cancellation);
        return scene.IsOk && scene.Value.Find(learner) is null
            ? await NowForAsync(organisation, session, learner, cancellation)
            : scene;
    }

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
            () => _sessions.ReadAsync(
                (organisation, session), token => _table.FindAsync(organisation, session, token), cancellation),
            cancellation);

    /// <summary>
    /// Sessions of the day, with those of the night before and of the night to come that may be signed now, or that wait to be closed: one
    /// range query, two where a month ends. Half-days in a company are left out: they are declared by the week.
    /// </summary>
    /// <param name="day">Null for now, else only what that day has.</param>
    public IAsyncEnumerable<Stored<Session>> OfDayAsync(Organisation organisation, DateOnly? day, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        var today = organisation.Zone.DateAt(now);
        var found = day is { } asked
            ? _table.BetweenAsync(organisation.Id, asked, asked, cancellation)
            : _table.BetweenAsync(organisation.Id, today.AddDays(-1), today.AddDays(1), cancellation).Where(
                s => s.Value.Id.Date == today || s.Value.State == SessionState.Open || MayBeSigned(s.Value, organisation, now));
        return found.Where(s => s.Value.Modality != Modality.Company);
    }

    /// <summary>
    /// As <see cref="OfDayAsync"/>, those in which a learner is expected, cancelled ones left out, and those of another day that wait to be
    /// closed: two range queries.
    /// </summary>
    public async Task<IReadOnlyList<Session>> DayOfLearnerAsync(
        Organisation organisation, Reference learner, DateOnly? day, CancellationToken cancellation)
    {
        var enrolled = await _enrolments.OfLearnerAsync(organisation.Id, learner, cancellation);
        var now = _time.GetUtcNow();
        var today = organisation.Zone.DateAt(now);
        return await OfDayAsync(organisation, day, cancellation)
            .Select(s => s.Value)
            .Where(s => s.State != SessionState.Cancelled)
            .Where(s => day is not null || s.Id.Date == today || MayBeSigned(s, organisation, now))
            .Where(s => IsExpected(s, learner, enrolled))
            .ToListAsync(cancellation);
    }

    /// <summary>Whether a learner is expected in a Session.</summary>
    /// <param name="enrolled">All that the learner is enrolled in.</param>
    internal static bool IsExpected(Session session, Reference learner, IReadOnlyList<Enrolment> enrolled) =>
        session.Roster.LastOrDefault(r => r.Learner == learner)?.Expected
        ?? enrolled.Any(e => e.TrainingRef == session.TrainingRef && session.Groups.Contains(e.Group) && e.On(session.Id.Date) is not null);

    public Task<Training?> TrainingAsync(OrganisationId organisation, Reference training, CancellationToken cancellation) =>
        _trainings.ReadAsync(
            (organisation, training),
            async token => (await _trainingsTable.FindAsync(organisation, training, token))?.Value,
            cancellation);

    /// <summary>Makes this process read a Session, its roster and its training afresh.</summary>
    public void Forget(Session session)
    {
        _sessions.Forget((session.Organisation, session.Id));
        _open.Forget((session.Organisation, session.Id));
        _rosters.Forget(RosterKey(session));
        _trainings.Forget((session.Organisation, session.TrainingRef));
    }

    private async Task<Result<SessionScene>> SceneAsync(
        OrganisationId organisation, SessionId id, Func<Task<Stored<Session>?>> read, CancellationToken cancellation)
    {
        var settings = await _organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        if (await read() is not { } stored)
        {
            return Refusal.NotFound("session-not-found");
        }

        var training = await TrainingAsync(organisation, stored.Value.TrainingRef, cancellation);
        return new SessionScene(settings.Value, stored, training, await RosterAsync(stored.Value, cancellation))
        {
            OnPaper = await _modes.IsOnPaperAsync(stored.Value, cancellation),
        };
    }

    /// <summary>Who is expected in a Session, by name: no call when its training's group is in memory.</summary>
    public async Task<IReadOnlyList<RosterLine>> RosterAsync(Session session, CancellationToken cancellation)
    {
        var roster = await _rosters.ReadAsync(
            RosterKey(session),
            async token => await _enrolments.RosterAsync(
                session.Organisation, session.TrainingRef, session.Groups, session.Id.Date, token),
            cancellation);
        return await ByHandAsync(session, roster ?? [], cancellation);
    }

    // Whom a person added has no enrolment here: their names come from their own rows, kept as long as rosters are.
    private async Task<IReadOnlyList<RosterLine>> ByHandAsync(
        Session session, IReadOnlyList<RosterLine> enrolled, CancellationToken cancellation)
    {
        if (session.Roster.Count == 0)
        {
            return enrolled;
        }

        var lines = new List<RosterLine>();
        foreach (var learner in ExpectedPeople.Of(enrolled.Select(l => l.Learner), session.Roster))
        {
            if (enrolled.FirstOrDefault(l => l.Learner == learner) is { } line)
            {
                lines.Add(line);
            }
            else if (await _learners.ReadAsync(
                (session.Organisation, learner),
                async token => (await _learnersTable.FindAsync(session.Organisation, learner, token))?.Value,
                cancellation) is { } person)
            {
                var funder = session.Roster.Last(r => r.Learner == learner).Funder ?? "";
                var period = new EnrolmentPeriod(funder, null, null, session.Id.Date, session.Id.Date);
                lines.Add(new RosterLine(
                    learner, person.LastName, person.FirstName, person.Email is not null, period, person.BirthDate));
            }
        }

        return EnrolmentsTable.ToldApart(lines);
    }

    private async Task<Stored<Session>?> FindOpenAsync(OrganisationId organisation, SessionId id, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        if (_open.Find((organisation, id)) is { Value: var kept } && kept.End <= now)
        {
            _open.Forget((organisation, id));
        }

        return await _open.ReadAsync(
            (organisation, id),
            token => _table.FindAsync(organisation, id, token),
            cancellation,
            worth: stored => stored.Value.State == SessionState.Open && stored.Value.End > now);
    }

    private static bool MayBeSigned(Session session, Organisation organisation, DateTimeOffset now) =>
        SigningWindow.Of(session, organisation).Check(now) is null;

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
