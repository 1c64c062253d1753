using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Platform;
using Emargement.Domain.Region.Usage;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Region;

/// <summary>What a version says of a month in figures: of the learners whom the Région pays and of their half-days alone.</summary>
/// <param name="Anomalies">Its lines of <c>anomalies.csv</c>, by code.</param>
public sealed record RegionFigures(RegionCounts Total, IReadOnlyList<RegionGroup> Groups, IReadOnlyList<AnomalyCount> Anomalies)
{
    /// <summary>What the Région is charged for; null of a version that was written before it was counted.</summary>
    public UsageCounts? Usage { get; init; }
}

/// <param name="Sessions">Half-days in centre and at distance in which the Région pays for somebody.</param>
public sealed record RegionCounts(SessionFigures Sessions, MonthFigures Figures, int Learners, int Anomalies);

/// <param name="Title">The training's.</param>
/// <param name="Members">Learners whom the Région pays there: the CSV files name no group.</param>
/// <param name="Counts">A half-day of several groups, or an anomaly of it, counts in each.</param>
public sealed record RegionGroup(
    Reference Training, string? Title, string Group, RegionCounts Counts, IReadOnlyList<Reference> Members);

public sealed record AnomalyCount(string Code, int Count);

/// <summary>Adds up the rows of a version while they are written: it never sees a learner whom the Région does not pay.</summary>
/// <param name="at">Until when half-days are due.</param>
public sealed class RegionTally(RegionScope scope, DateTimeOffset at)
{
    private readonly Dictionary<(Reference Training, string Group), Line> _groups = [];
    private readonly SortedDictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly UsageTally _usage = new();
    private SessionFigures _sessions = new();

    /// <param name="day">Every session of the day.</param>
    /// <param name="rows">What is written of it.</param>
    public void Add(IReadOnlyList<SessionFacts> day, DayRows rows)
    {
        var written = rows.HalfDays.ToLookup(r => r.Session);
        foreach (var read in day.Where(s => written.Contains(s.Session.Id)))
        {
            Add(read, [.. written[read.Session.Id]]);
        }

        foreach (var anomaly in rows.Anomalies)
        {
            _codes[anomaly.Anomaly.Code] = _codes.GetValueOrDefault(anomaly.Anomaly.Code) + 1;
            var about = written[anomaly.Session].Where(r => anomaly.Learner is null || r.Learner == anomaly.Learner);
            foreach (var group in about.Select(r => (r.Training, r.Group)).Distinct())
            {
                LineOf(group).Anomalies++;
            }
        }
    }

    /// <param name="weeks">The weeks in companies that are written.</param>
    public RegionFigures Finish(IEnumerable<PlacementWeekRow> weeks)
    {
        var today = scope.Organisation.Zone.DateAt(at);
        foreach (var row in weeks)
        {
            var days = IsoWeek.TryParse(row.Week, out var week) ? scope.DaysOf(week) : [];
            var line = LineOf((row.Training, scope.GroupOf(row.Training, row.Learner, days) ?? ""));
            line.Learners.Add(row.Learner);
            if (days.Count > 0 && week.Sunday < today)
            {
                line.Figures = line.Figures.Plus(
                    new MonthFigures(WeeksEnded: 1, WeeksValidated: row.Status == PlacementWeekRow.ValidatedStatus ? 1 : 0));
                _usage.AddWeek(EnrolmentPeriod.RegionFunder, row.Learner);
            }
        }

        var groups = _groups.OrderBy(g => g.Key.Training).ThenBy(g => g.Key.Group, StringComparer.Ordinal).ToList();
        return new RegionFigures(
            new RegionCounts(
                _sessions,
                groups.Aggregate(MonthFigures.None, (sum, g) => sum.Plus(g.Value.Figures)),
                groups.SelectMany(g => g.Value.Learners).Distinct().Count(),
                _codes.Values.Sum()),
            [.. groups.Select(g => new RegionGroup(
                g.Key.Training, scope.Training(g.Key.Training)?.Title, g.Key.Group, g.Value.ToCounts(), [.. g.Value.Learners.Order()]))],
            [.. _codes.Select(c => new AnomalyCount(c.Key, c.Value))])
        {
            Usage = _usage.Finish().Total,
        };
    }

    /// <summary>How each group signed, as far as it was read.</summary>
    public IReadOnlyList<ManifestMode> Modes() =>
    [
        .. _groups.OrderBy(g => g.Key.Training).ThenBy(g => g.Key.Group, StringComparer.Ordinal).Select(g => new ManifestMode(
            g.Key.Training.Value, g.Key.Group, RegionFiles.Mode(g.Value.Signed, g.Value.OnPaper))),
    ];

    private void Add(SessionFacts read, IReadOnlyCollection<HalfDayRow> rows)
    {
        var session = read.Session;
        var inCompany = session.Modality == Modality.Company;
        var due = at > SigningWindow.Of(session, scope.Organisation).EndsAt;
        var figures = inCompany ? new SessionFigures() : SessionFigures.Of(read, due);
        _sessions = _sessions.Plus(figures);
        foreach (var row in due && !inCompany ? rows : [])
        {
            _usage.Add(EnrolmentPeriod.RegionFunder, row);
        }

        foreach (var group in rows.GroupBy(r => (r.Training, r.Group)))
        {
            var line = LineOf(group.Key);
            line.Sessions = line.Sessions.Plus(figures);
            line.Learners.UnionWith(group.Select(r => r.Learner));
            line.Signed += group.Count(r => r.IsSigned);
            line.OnPaper += group.Count(r => r.IsSigned && r.Attendance.Method == SigningMethod.Paper);
            line.Figures = inCompany ? line.Figures : group.Aggregate(
                line.Figures, (sum, row) => sum.Plus(MonthFigures.Of(row, due, session.State == SessionState.Closed)));
        }
    }

    private Line LineOf((Reference Training, string Group) group)
    {
        if (!_groups.TryGetValue(group, out var line))
        {
            _groups[group] = line = new Line();
        }

        return line;
    }

    private sealed class Line
    {
        public SessionFigures Sessions { get; set; } = new();

        public MonthFigures Figures { get; set; } = MonthFigures.None;

        public HashSet<Reference> Learners { get; } = [];

        public int Anomalies { get; set; }

        public int Signed { get; set; }

        public int OnPaper { get; set; }

        public RegionCounts ToCounts() => new(Sessions, Figures, Learners.Count, Anomalies);
    }
}
