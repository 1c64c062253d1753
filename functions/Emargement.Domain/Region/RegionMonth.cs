using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Region;

/// <summary>A session with its facts in key order and the sheet that proves it, if one is sealed.</summary>
public sealed record SessionFacts(Session Session, IReadOnlyList<Fact> Facts, SheetProofOf? Sheet)
{
    /// <summary>Whether the latest sheet of a closed Session says all that is known of it.</summary>
    public bool IsSealed => Sheet is { } sheet && (sheet.Facts ?? Facts.Count) >= Facts.Count;
}

/// <summary>Rows of one day, in the order in which the files list them.</summary>
public sealed record DayRows(IReadOnlyList<HalfDayRow> HalfDays, IReadOnlyList<AnomalyRow> Anomalies);

/// <summary>
/// Turns one organisation's month into the rows that its Région receives. It reads a day at a time, so that memory holds one day of
/// sessions and one line per learner, and it knows no clock: the same data give the same rows whenever they are read.
/// </summary>
/// <param name="accepted">What a person has accepted in the month.</param>
/// <param name="healthCodes">What the Région's files call a reason of health, by the accepted absence, where it asks for that.</param>
public sealed class RegionMonth(
    RegionScope scope, IEnumerable<Acceptance>? accepted = null, IReadOnlyDictionary<string, string>? healthCodes = null)
{
    private readonly Dictionary<(string Code, SessionId Session, Reference? Learner), Acceptance> _accepted =
        (accepted ?? []).ToDictionary(a => (a.Code, a.Session, a.Learner));

    private readonly Dictionary<(Reference Training, Reference Learner), LearnerTally> _tallies = [];
    private readonly CountedOnce _counted = new();

    /// <summary>Reads the next day.</summary>
    /// <param name="day">Every session of one local day, in key order, whoever pays: two groups in one room are seen even when the Région
    /// pays only one.</param>
    public DayRows Read(IReadOnlyList<SessionFacts> day)
    {
        var perSession = day.Select(s => (Session: s, Rows: s.Session.State == SessionState.Cancelled ? [] : RowsOf(s))).ToList();
        var atOnce = _counted.Read(perSession);
        foreach (var (read, rows) in perSession)
        {
            var funded = scope.FundedIn(read.Session).ToDictionary(f => f.Ref);
            rows.ForEach(row => TallyOf(row.Training, funded[row.Learner])
                .Add(row, funded[row.Learner], read.Session.State == SessionState.Closed));
        }

        var anomalies = new DayAnomalies(scope, day).Find(perSession, atOnce);
        if (_accepted.Count > 0)
        {
            var known = day.ToDictionary(s => s.Session.Id);
            anomalies = [.. anomalies.Select(row => row with { Accepted = AcceptanceOf(row, known[row.Session]) })];
        }

        return new DayRows([.. perSession.SelectMany(s => s.Rows)], anomalies);
    }

    /// <summary>One row per learner and training that has a half-day or a week in the month, by training then learner.</summary>
    /// <param name="weeks">The rows of the weeks in a company, as written.</param>
    public IReadOnlyList<SummaryRow> Summary(IEnumerable<PlacementWeekRow> weeks)
    {
        foreach (var week in weeks)
        {
            var learner = scope.Funded(week.Training, week.Learner)
                ?? throw new InvalidOperationException("A week of a learner whom the Région does not pay must not be written.");
            TallyOf(week.Training, learner).Add(week);
        }

        return [.. _tallies.OrderBy(t => t.Key.Training).ThenBy(t => t.Key.Learner).Select(t => t.Value.ToRow(t.Key.Training))];
    }

    private Acceptance? AcceptanceOf(AnomalyRow row, SessionFacts read)
    {
        if (!_accepted.TryGetValue((row.Anomaly.Code, row.Session, row.Learner), out var word) || !word.Stands(read.Facts))
        {
            return null;
        }

        var about = row.Learner is { } learner ? scope.FundedIn(read.Session).FirstOrDefault(f => f.Ref == learner) : null;
        return word with { Reason = scope.Discreet(word.Reason, read.Session.TrainingRef, about)! };
    }

    private List<HalfDayRow> RowsOf(SessionFacts read)
    {
        var session = read.Session;
        var rows = new List<HalfDayRow>();
        ILookup<Reference, Fact>? facts = null;
        foreach (var funded in scope.FundedIn(session))
        {
            facts ??= read.Facts.Where(f => f.About is not null).ToLookup(f => f.About!.Value);
            rows.Add(RowOf(read, funded, Attendance.Of(session.PlannedMinutes, facts[funded.Ref])));
        }

        return rows;
    }

    private LearnerTally TallyOf(Reference training, FundedLearner learner)
    {
        if (!_tallies.TryGetValue((training, learner.Ref), out var tally))
        {
            _tallies[(training, learner.Ref)] = tally = new LearnerTally(learner);
        }

        return tally;
    }

    private HalfDayRow RowOf(SessionFacts read, FundedLearner funded, Attendance attendance)
    {
        var session = read.Session;
        var zone = scope.Organisation.Zone;
        var trainers = session.Trainers.Select(t => scope.Trainer(t) is { } known ? $"{known.FirstName} {known.LastName}" : t.Value)
            .ToList();
        return new HalfDayRow
        {
            Session = session.Id,
            Training = session.TrainingRef,
            Learner = funded.Ref,
            Group = funded.Group ?? session.Groups[0],
            Funder = funded.Period.Funder,
            Start = TimeOnly.FromDateTime(zone.ToLocal(session.Start).DateTime),
            End = TimeOnly.FromDateTime(zone.ToLocal(session.End).DateTime),
            Module = session.Module,
            Modality = session.Modality,
            Trainer = trainers.Count > 0 ? string.Join(", ", trainers) : null,
            Attendance = attendance,
            Reason = ReasonOf(attendance, session, funded),
            TrainerSignedAt = read.Facts.OfType<Closed>().FirstOrDefault(Signs)?.At,
            Sheet = read.Sheet,
        };
    }

    // The funder's own word; of somebody's health nothing else.
    private string? ReasonOf(Attendance attendance, Session session, FundedLearner funded) =>
        attendance.FunderCode is { } code ? code
        : attendance.Claim is { } claim && Statement.IsDiscreet(attendance.Reason) ? healthCodes?.GetValueOrDefault(claim)
        : scope.Discreet(attendance.Reason, session.TrainingRef, funded);

    internal static bool Signs(Closed closed) =>
        closed.DrawingSha256 is not null || closed.TypedName is not null || closed.TrainerSigned == true;
}
