using Emargement.Domain.Absences;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;

namespace Emargement.Domain.Months;

/// <summary>Finds what waits for a person in a month, at most once a thing.</summary>
internal sealed class PendingFinder(
    RegionScope scope, IEnumerable<Acceptance> accepted, DateTimeOffset now, IEnumerable<Absence> filed)
{
    /// <summary>An absence may still be justified for some days before it is a thing to settle.</summary>
    private readonly TimeSpan _patience = TimeSpan.FromDays(scope.Organisation.AbsenceDueAfterDays);

    private readonly Dictionary<(string Code, SessionId Session, Reference? Learner), Acceptance> _accepted =
        accepted.ToDictionary(a => (a.Code, a.Session, a.Learner));

    private readonly ILookup<Reference, Absence> _filed = filed.ToLookup(a => a.Learner);

    private readonly HashSet<AbsenceId> _told = [];

    private readonly List<PendingItem> _found = [];

    public IReadOnlyList<PendingItem> Found =>
        [.. _found.DistinctBy(i => i.Id, StringComparer.Ordinal).OrderBy(i => i.Session).ThenBy(i => i.Id, StringComparer.Ordinal)];

    /// <summary>What waits of the planning itself, whether or not the half-day takes place.</summary>
    public void LookAtPlanning(SessionFacts read)
    {
        var session = read.Session;
        if (session is { EditedByHand: true, Asked: { } asked, State: SessionState.Planned or SessionState.Cancelled })
        {
            _found.Add(Item(read, PendingKind.Conflict, null, null, asked.At, funded: false));
        }

        if (Takeover.Of(session) is { } taken
            && !(_accepted.TryGetValue((Takeover.Code, session.Id, null), out var word) && word.At >= taken.At))
        {
            _found.Add(Item(read, PendingKind.Takeover, null, null, taken.At, funded: false));
        }
    }

    /// <param name="rows">Everybody's.</param>
    /// <param name="paid">Theirs whom the Région pays.</param>
    public void Look(SessionFacts read, bool due, IReadOnlyList<HalfDayRow> rows, IReadOnlyList<HalfDayRow> paid)
    {
        var session = read.Session;
        var funded = paid.Count > 0;
        if (session.Unknown.Count > 0)
        {
            _found.Add(Item(read, PendingKind.UnknownPerson, null, null, session.Unknown[0].At, funded: false));
        }

        if (!due)
        {
            return;
        }

        var ended = SigningWindow.Of(session, scope.Organisation).EndsAt;
        PendingKind? kind = session.State switch
        {
            SessionState.Planned or SessionState.Open when IsOnPaper(read) => PendingKind.PaperDue,
            SessionState.Planned => PendingKind.NotOpened,
            SessionState.Open => PendingKind.NotClosed,
            _ when !read.IsSealed => PendingKind.NotSealed,
            _ => null,
        };
        if (kind is { } waiting)
        {
            _found.Add(Item(read, waiting, null, null, ended, funded));
        }

        if (Countersigned.IsWanted(session, read.Facts) && !IsAccepted(read, Anomaly.ClosedByOther.Code, null))
        {
            _found.Add(Item(read, PendingKind.ClosedByOther, Anomaly.ClosedByOther.Code, null, session.ClosedAt ?? ended, funded));
        }

        foreach (var row in rows)
        {
            LookAtAbsence(read, row, paid.Any(p => p.Learner == row.Learner));
        }
    }

    private bool IsOnPaper(SessionFacts read) =>
        scope.Modes.Of(read.Session) == SigningMode.Paper && !read.Facts.Any(f => f is Signed);

    // One line an absence that waits, at the first half-day that it covers; an absence that nobody has filed is one a half-day.
    private void LookAtAbsence(SessionFacts read, HalfDayRow row, bool funded)
    {
        var session = read.Session;
        if (_filed[row.Learner].FirstOrDefault(a => a.Span.Covers(session.Id)) is { } absence)
        {
            if (_told.Add(absence.Id))
            {
                _found.Add(Item(read, PendingKind.AbsenceWaiting, null, row.Learner, absence.FiledAt, funded) with
                {
                    Absence = absence.Id.Value,
                });
            }
        }
        else if (session.State == SessionState.Closed && row.Attendance.Status == AttendanceStatus.AbsentUnjustified
            && row.Attendance.Unjustified > 0 && now - session.End >= _patience)
        {
            _found.Add(Item(read, PendingKind.AbsenceDue, null, row.Learner, session.End, funded: false));
        }
    }

    /// <summary>Adds the anomalies of a day, as the export would list them, but those that a line says already.</summary>
    public void Add(IEnumerable<AnomalyRow> anomalies, IReadOnlyList<SessionFacts> day)
    {
        var known = day.ToDictionary(s => s.Session.Id);
        foreach (var row in anomalies)
        {
            var read = known[row.Session];
            var code = row.Anomaly.Code;
            var said = code == Anomaly.NotClosed.Code || code == Anomaly.ClosedByOther.Code
                || (code == Anomaly.Unsigned.Code && read.Session.State != SessionState.Closed);
            if (!said && BlockingRules.Of(PendingKind.Anomaly, code) is not null && !IsAccepted(read, code, row.Learner))
            {
                _found.Add(Item(read, PendingKind.Anomaly, code, row.Learner, read.Session.End, funded: true));
            }
        }
    }

    // Of a session of several groups, the learner's own.
    private string GroupOf(Session session, Reference? learner) =>
        session.Groups.FirstOrDefault(
            group => learner is { } of && scope.IsFunded(session.TrainingRef, group, of, session.Id.Date)) ?? session.Groups[0];

    private bool IsAccepted(SessionFacts read, string code, Reference? learner) =>
        _accepted.TryGetValue((code, read.Session.Id, learner), out var word) && word.Stands(read.Facts);

    private PendingItem Item(
        SessionFacts read, PendingKind kind, string? code, Reference? learner, DateTimeOffset since, bool funded) => new(
        kind, code, read.Session.Id, learner, read.Session.TrainingRef, GroupOf(read.Session, learner), read.Session.TrainerRef, since,
        funded)
        {
            Title = scope.Training(read.Session.TrainingRef)?.Title,
            Name = learner is { } of && scope.Learner(of) is { } person ? $"{person.LastName} {person.FirstName}" : learner?.Value,
        };
}
