using System.Globalization;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;

namespace Emargement.Domain.Months;

/// <summary>Adds up a group's month, learner by learner.</summary>
internal sealed class GroupTally(RegionScope scope, Reference training, string group)
{
    private readonly List<GroupHalfDay> _halfDays = [];
    private readonly SortedDictionary<Reference, Line> _lines = [];
    private readonly HashSet<GroupMode> _modes = [];
    private SessionFigures _sessions = new();
    private MonthFigures _funded = MonthFigures.None;

    /// <summary>How its half-days were signed; none while nothing was.</summary>
    public IReadOnlyCollection<GroupMode> Modes => _modes;

    public IEnumerable<Reference> Everybody => _lines.Keys;

    public IEnumerable<Reference> Paid => _lines.Where(l => l.Value.Paid).Select(l => l.Key);

    /// <param name="rows">The group's learners.</param>
    /// <param name="paid">Those of them whom the Région pays, counted as it counts them.</param>
    public void Add(
        SessionFacts read, bool due, SessionFigures figures, IReadOnlyList<HalfDayRow> rows, IReadOnlyList<HalfDayRow> paid)
    {
        var session = read.Session;
        _sessions = _sessions.Plus(figures);
        var (closed, theirs) = (session.State == SessionState.Closed, paid.Select(r => r.Learner).ToHashSet());
        _halfDays.Add(new GroupHalfDay(
            session.Id, session.Start, session.End, session.Modality, session.State, due, rows.Count, rows.Count(r => r.IsSigned),
            read.Facts.OfType<Closed>().FirstOrDefault()?.HeadCount)
        {
            Tally = TallyOf(closed ? rows : []),
        });
        var corrected = read.Facts.OfType<Corrected>().Select(c => c.Learner).ToHashSet();
        foreach (var row in rows)
        {
            var line = LineOf(row.Learner, row.Funder);
            line.Paid |= theirs.Contains(row.Learner);
            line.Figures = line.Figures.Plus(MonthFigures.Of(row, due, closed));
            line.Cells.Add(CellOf(row, corrected.Contains(row.Learner), theirs.Contains(row.Learner)));
            if (row.IsSigned)
            {
                _modes.Add(row.Attendance.Method == SigningMethod.Paper ? GroupMode.Paper : GroupMode.Electronic);
            }
        }

        _funded = paid.Aggregate(_funded, (sum, row) => sum.Plus(MonthFigures.Of(row, due, closed)));
    }

    /// <param name="paid">Whether the Région pays for a day of it.</param>
    public void Add(PlacementWeekRow week, bool paid)
    {
        var line = LineOf(week.Learner, null);
        var figures = new MonthFigures(WeeksEnded: 1, WeeksValidated: week.Status == PlacementWeekRow.ValidatedStatus ? 1 : 0);
        line.Figures = line.Figures.Plus(figures);
        line.Paid |= paid;
        _funded = paid ? _funded.Plus(figures) : _funded;
    }

    public GroupMonth ToGroup(string? title, IEnumerable<PendingItem> pending)
    {
        var own = pending.Where(p => p.Training == training && p.Group == group).ToList();
        return new GroupMonth(
            training,
            group,
            title,
            new MonthCounts(
                _sessions,
                _lines.Values.Aggregate(MonthFigures.None, (sum, l) => sum.Plus(l.Figures)),
                _funded,
                _lines.Count,
                Paid.Count(),
                own.Count(p => p.Blocks == Blocking.Accepted),
                own.Count(p => p.Blocks == Blocking.Settled),
                _modes.Count == 0 && IsOnPaper ? GroupMode.Paper : ModeOf(_modes)),
            _halfDays);
    }

    public IEnumerable<LearnerMonth> ToLearners() => _lines.Select(line =>
    {
        var person = scope.Learner(line.Key);
        return new LearnerMonth(
            training, group, line.Key, person?.LastName ?? line.Key.Value, person?.FirstName ?? "", line.Value.Funder ?? "",
            line.Value.Figures, line.Value.Cells)
        {
            BirthDate = person?.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    });

    /// <summary>Electronic unless something was signed otherwise.</summary>
    public static GroupMode ModeOf(IEnumerable<GroupMode> modes)
    {
        var all = modes.Distinct().ToList();
        return all.Count == 0 ? GroupMode.Electronic : all.Count == 1 ? all[0] : GroupMode.Mixed;
    }

    // While nothing is signed, what was decided.
    private bool IsOnPaper => scope.Modes.Of(training, group, scope.Month) == SigningMode.Paper;

    private static HalfDayTally TallyOf(IReadOnlyList<HalfDayRow> rows) => new(
        rows.Sum(r => r.Attendance.Justified),
        rows.Sum(r => r.Attendance.Unjustified),
        [
            .. rows.Where(r => r.IsSigned).Select(r => r.Attendance.Method).OfType<SigningMethod>().CountBy(m => m)
                .OrderBy(m => m.Key).Select(m => new MethodCount(m.Key, m.Value)),
        ]);

    private Line LineOf(Reference learner, string? funder)
    {
        if (!_lines.TryGetValue(learner, out var line))
        {
            _lines[learner] = line = new Line();
        }

        line.Funder ??= funder;
        return line;
    }

    private static LearnerCell CellOf(HalfDayRow row, bool corrected, bool paid) => new(
        row.Session,
        row.Attendance.Status,
        row.Attendance.Done,
        row.Attendance.Late,
        row.Attendance.LeftEarly,
        row.Attendance.Justified,
        row.Attendance.Unjustified,
        row.Attendance.Method,
        corrected,
        paid);

    private sealed class Line
    {
        public string? Funder { get; set; }

        public bool Paid { get; set; }

        public MonthFigures Figures { get; set; } = MonthFigures.None;

        public List<LearnerCell> Cells { get; } = [];
    }
}
