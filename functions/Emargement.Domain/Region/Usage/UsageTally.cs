using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Region.Usage;

/// <summary>Counts a month by who pays, from rows that are read anyway.</summary>
public sealed class UsageTally
{
    private readonly SortedDictionary<string, Line> _funders = new(StringComparer.Ordinal);

    /// <param name="row">Of a half-day in centre or at distance that is due.</param>
    public void Add(string funder, HalfDayRow row)
    {
        var line = LineOf(funder, row.Learner);
        line.Due++;
        line.Signed += row.IsSigned ? 1 : 0;
        line.OnPaper += row.IsSigned && row.Attendance.Method == SigningMethod.Paper ? 1 : 0;
    }

    /// <summary>A week in a company that is over.</summary>
    public void AddWeek(string funder, Reference learner) => LineOf(funder, learner).Weeks++;

    public MonthUsage Finish() => new(
        [.. _funders.Select(f => new FunderUsage(f.Key, Sum([f.Value])))],
        Sum(_funders.Where(f => f.Key != EnrolmentPeriod.RegionFunder).Select(f => f.Value)),
        Sum(_funders.Values));

    private static UsageCounts Sum(IEnumerable<Line> lines)
    {
        var all = lines.ToList();
        return new UsageCounts(
            all.SelectMany(l => l.Learners).Distinct().Count(),
            all.Sum(l => l.Due),
            all.Sum(l => l.Signed),
            all.Sum(l => l.OnPaper),
            all.Sum(l => l.Weeks));
    }

    private Line LineOf(string funder, Reference learner)
    {
        if (!_funders.TryGetValue(funder, out var line))
        {
            _funders[funder] = line = new Line();
        }

        line.Learners.Add(learner);
        return line;
    }

    private sealed class Line
    {
        public HashSet<Reference> Learners { get; } = [];

        public int Due { get; set; }

        public int Signed { get; set; }

        public int OnPaper { get; set; }

        public int Weeks { get; set; }
    }
}
