using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Region.Usage;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Months;

/// <summary>All that pages say of an organisation's month.</summary>
/// <param name="Total">Of the organisation: a half-day of several groups counts once.</param>
public sealed record SummaryOfMonth(
    DateTimeOffset At,
    MonthCounts Total,
    IReadOnlyList<GroupMonth> Groups,
    IReadOnlyList<LearnerMonth> Learners,
    IReadOnlyList<PendingItem> Pending,
    MonthUsage Usage);

/// <summary>
/// Adds up a month by the code that writes its export: <see cref="RegionMonth"/> reads it twice, once for everybody and once for those
/// whom the Région pays. It reads a day at a time.
/// </summary>
/// <param name="everyone">The organisation's scope, whoever pays.</param>
/// <param name="funded">What the Région receives.</param>
/// <param name="accepted">What a person has accepted.</param>
/// <param name="now">Until when half-days are due.</param>
/// <param name="filed">Absences that nobody has decided yet.</param>
public sealed class MonthSummary(
    RegionScope everyone, RegionScope funded, IEnumerable<Acceptance> accepted, DateTimeOffset now, IEnumerable<Absence>? filed = null)
{
    private readonly RegionMonth _all = new(everyone);
    private readonly RegionMonth _paid = new(funded);
    private readonly PendingFinder _pending = new(everyone, accepted, now, filed ?? []);
    private readonly Dictionary<(Reference Training, string Group), GroupTally> _groups = [];
    private readonly UsageTally _usage = new();
    private SessionFigures _sessions = new();

    /// <summary>Reads the next day: every session of it, in key order.</summary>
    public void Read(IReadOnlyList<SessionFacts> day)
    {
        var (all, paid) = (_all.Read(day), _paid.Read(day));
        var everybody = all.HalfDays.ToLookup(r => r.Session);
        var theirs = paid.HalfDays.ToLookup(r => r.Session);
        foreach (var read in day)
        {
            _pending.LookAtPlanning(read);
        }

        foreach (var read in day.Where(s => s.Session.State != SessionState.Cancelled && s.Session.Modality != Modality.Company))
        {
            var session = read.Session;
            var due = now > SigningWindow.Of(session, everyone.Organisation).EndsAt;
            var figures = SessionFigures.Of(read, due);
            _sessions = _sessions.Plus(figures);
            var rows = everybody[session.Id].ToLookup(r => r.Group);
            var paidRows = theirs[session.Id].ToLookup(r => r.Group);
            foreach (var group in session.Groups.Concat(rows.Select(r => r.Key)).Distinct(StringComparer.Ordinal))
            {
                TallyOf(session.TrainingRef, group).Add(read, due, figures, [.. rows[group]], [.. paidRows[group]]);
            }

            _pending.Look(read, due, [.. everybody[session.Id]], [.. theirs[session.Id]]);
            if (due)
            {
                Use(everybody[session.Id], [.. theirs[session.Id].Select(r => r.Learner)]);
            }
        }

        _pending.Add(paid.Anomalies, day);
    }

    /// <param name="weeks">The weeks in companies, of everybody.</param>
    public SummaryOfMonth Finish(IReadOnlyList<PlacementWeekRow> weeks)
    {
        var today = everyone.Organisation.Zone.DateAt(now);
        foreach (var row in weeks)
        {
            if (!IsoWeek.TryParse(row.Week, out var week) || week.Sunday >= today)
            {
                continue;
            }

            var days = everyone.DaysOf(week);
            if (everyone.GroupOf(row.Training, row.Learner, days) is { } group)
            {
                var paid = days.Any(day => funded.IsFunded(row.Training, group, row.Learner, day));
                TallyOf(row.Training, group).Add(row, paid);
                var funder = paid ? EnrolmentPeriod.RegionFunder : everyone.FunderOf(row.Training, group, row.Learner, days);
                _usage.AddWeek(funder, row.Learner);
            }
        }

        var pending = _pending.Found;
        var groups = _groups.OrderBy(g => g.Key.Training).ThenBy(g => g.Key.Group, StringComparer.Ordinal)
            .Select(g => g.Value.ToGroup(everyone.Training(g.Key.Training)?.Title, pending))
            .ToList();
        return new SummaryOfMonth(
            now,
            TotalOf(groups, pending),
            groups,
            [
                .. _groups.OrderBy(g => g.Key.Training).ThenBy(g => g.Key.Group, StringComparer.Ordinal)
                    .SelectMany(g => g.Value.ToLearners()),
            ],
            pending,
            _usage.Finish());
    }

    // The Région pays where it receives the half-day, also when another pays for a second group of the same learner.
    private void Use(IEnumerable<HalfDayRow> rows, HashSet<Reference> paid)
    {
        foreach (var row in rows)
        {
            _usage.Add(paid.Contains(row.Learner) ? EnrolmentPeriod.RegionFunder : row.Funder, row);
        }
    }

    private MonthCounts TotalOf(IReadOnlyList<GroupMonth> groups, IReadOnlyList<PendingItem> pending) => new(
        _sessions,
        groups.Aggregate(MonthFigures.None, (sum, g) => sum.Plus(g.Counts.All)),
        groups.Aggregate(MonthFigures.None, (sum, g) => sum.Plus(g.Counts.Funded)),
        _groups.Values.SelectMany(g => g.Everybody).Distinct().Count(),
        _groups.Values.SelectMany(g => g.Paid).Distinct().Count(),
        pending.Count(p => p.Blocks == Blocking.Accepted),
        pending.Count(p => p.Blocks == Blocking.Settled),
        GroupTally.ModeOf(_groups.Values.SelectMany(g => g.Modes)));

    private GroupTally TallyOf(Reference training, string group)
    {
        if (!_groups.TryGetValue((training, group), out var tally))
        {
            _groups[(training, group)] = tally = new GroupTally(everyone, training, group);
        }

        return tally;
    }
}
