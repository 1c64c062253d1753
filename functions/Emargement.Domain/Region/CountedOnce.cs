using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Region;

/// <summary>Two sessions of one person at the same time.</summary>
/// <param name="Counted">The one in which the minutes that both have count.</param>
internal sealed record AtOnce(Reference Learner, SessionId Counted, SessionId Other);

/// <summary>
/// Sees to it that a person's minutes count once, whatever groups they are in: of sessions at the same time, those in which they were
/// present come first, then those that begin first; the others lose the minutes that they share with one before. Days are read in order,
/// and a night reaches into the next one.
/// </summary>
internal sealed class CountedOnce
{
    private readonly Dictionary<Reference, List<Span>> _taken = [];

    /// <param name="day">The rows of each session of a day; changed where minutes are counted already.</param>
    /// <returns>Every pair of sessions that shares minutes.</returns>
    public IReadOnlyList<AtOnce> Read(IReadOnlyList<(SessionFacts Session, List<HalfDayRow> Rows)> day)
    {
        var found = new List<AtOnce>();
        var rows = day.SelectMany(s => s.Rows.Select((row, index) => (s.Session.Session, s.Rows, Row: row, Index: index)));
        foreach (var person in rows.GroupBy(r => r.Row.Learner))
        {
            var taken = Before(person.Key, person.Min(r => r.Session.Start));
            foreach (var (session, list, row, index) in person
                .OrderBy(r => r.Session.Modality == Modality.Company)
                .ThenByDescending(r => r.Row.Attendance.Done > 0)
                .ThenBy(r => r.Session.Start)
                .ThenBy(r => r.Session.Id))
            {
                var met = taken.Where(t => t.Meets(session)).ToList();
                found.AddRange(met.Select(t => new AtOnce(person.Key, t.Session, session.Id)));
                if (met.Count > 0)
                {
                    list[index] = row with { Attendance = row.Attendance.Without(SharedMinutes(session, met)) };
                }

                taken.Add(new Span(session.Id, session.Start, session.End));
            }
        }

        return found;
    }

    private List<Span> Before(Reference learner, DateTimeOffset from)
    {
        if (!_taken.TryGetValue(learner, out var taken))
        {
            return _taken[learner] = [];
        }

        taken.RemoveAll(t => t.End <= from);
        return taken;
    }

    // The spans may meet each other too: a minute that two of them have is one.
    private static int SharedMinutes(Session session, List<Span> spans)
    {
        var (shared, until) = (TimeSpan.Zero, session.Start);
        foreach (var span in spans.OrderBy(s => s.Start))
        {
            var from = span.Start > until ? span.Start : until;
            var to = span.End < session.End ? span.End : session.End;
            if (to > from)
            {
                (shared, until) = (shared + (to - from), to);
            }
        }

        return (int)shared.TotalMinutes;
    }

    private readonly record struct Span(SessionId Session, DateTimeOffset Start, DateTimeOffset End)
    {
        public bool Meets(Session other) => Start < other.End && other.Start < End;
    }
}
