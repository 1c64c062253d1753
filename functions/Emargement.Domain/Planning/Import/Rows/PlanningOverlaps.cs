using Emargement.Domain.People;

namespace Emargement.Domain.Planning.Import.Rows;

/// <summary>Reports who and what is in two places at once: trainers, rooms, groups, and learners of several groups.</summary>
/// <param name="journal">Takes the remarks.</param>
/// <param name="sessions">The file's Sessions, in the order of its lines.</param>
/// <param name="others">Stored Sessions that stay beside them.</param>
public sealed class PlanningOverlaps(ImportJournal journal, IReadOnlyList<PlannedSession> sessions, IReadOnlyList<TakenSpan> others)
{
    private readonly Dictionary<int, PlannedSession> _byLine = ByLine(sessions);

    /// <param name="enrolments">Everybody's, as they are once the import is written.</param>
    public void Warn(IReadOnlyCollection<Enrolment> enrolments)
    {
        Report(
            ImportCode.TrainerOverlap, SessionResources.TrainerPrefix, Of(SessionResources.Trainers),
            (s, taken, other) => ImportSentences.TrainerOverlap(taken, other));
        Report(
            ImportCode.RoomOverlap, SessionResources.RoomPrefix, Of(SessionResources.Rooms),
            (s, _, other) => ImportSentences.RoomOverlap(s.Room!, other));
        var groups = Report(
            ImportCode.GroupOverlap, SessionResources.GroupPrefix, Of(SessionResources.Groups),
            (s, _, other) => ImportSentences.GroupOverlap(SessionContent.Group(s.Groups), other));
        ReportLearners(enrolments, groups);
    }

    private static Dictionary<int, PlannedSession> ByLine(IReadOnlyList<PlannedSession> sessions)
    {
        var byLine = new Dictionary<int, PlannedSession>();
        foreach (var session in sessions)
        {
            byLine.TryAdd(session.Line, session);
        }

        return byLine;
    }

    private IEnumerable<TakenSpan> Of(Func<PlannedSession, IEnumerable<string>> resources) =>
        sessions.SelectMany(s => resources(s).Select(resource => new TakenSpan(resource, s.Start, s.End, s.Line, "")));

    // Only learners who are in several groups at some time can be in two places: the others are never looked at.
    private void ReportLearners(IReadOnlyCollection<Enrolment> enrolments, HashSet<int> sameGroup)
    {
        var several = enrolments.GroupBy(e => e.LearnerRef).Where(AreAtOnce)
            .SelectMany(learner => learner)
            .ToLookup(e => SessionResources.Group(e.TrainingRef, e.Group));
        if (several.Count == 0)
        {
            return;
        }

        var spans = Of(SessionResources.Groups)
            .Concat(others)
            .SelectMany(span => several[span.Resource]
                .Where(e => e.On(DateOnly.FromDateTime(span.Start.UtcDateTime)) is not null)
                .Select(e => span with { Resource = SessionResources.LearnerPrefix + e.LearnerRef.Value }))
            .DistinctBy(span => (span.Resource, span.Line, span.Start));
        foreach (var (line, (taken, other)) in Later(spans).Where(l => !sameGroup.Contains(l.Key)))
        {
            Warn(line, ImportCode.LearnerOverlap, ImportSentences.LearnerOverlap(taken[SessionResources.LearnerPrefix.Length..], other));
        }
    }

    private static bool AreAtOnce(IEnumerable<Enrolment> ofLearner)
    {
        var all = ofLearner.ToList();
        return all.Index().Any(a => all.Skip(a.Index + 1).Any(b => a.Item.MeetsAnyOf(b)));
    }

    private HashSet<int> Report(
        string code, string prefix, IEnumerable<TakenSpan> spans, Func<PlannedSession, string, string, string> sentence)
    {
        var later = Later(spans.Concat(others.Where(o => o.Resource.StartsWith(prefix, StringComparison.Ordinal))));
        foreach (var (line, (taken, other)) in later)
        {
            Warn(line, code, sentence(_byLine[line], taken[prefix.Length..], other));
        }

        return [.. later.Keys];
    }

    // By line: what is taken twice, and the earlier taker as a person names it.
    private Dictionary<int, (string Taken, string Other)> Later(IEnumerable<TakenSpan> spans) => Overlaps.LaterLines(spans).ToDictionary(
        l => l.Key,
        l => (l.Value.Resource, l.Value.Line > 0 ? $"ligne {l.Value.Line}, {_byLine[l.Value.Line].SlotRef}" : l.Value.Label));

    private void Warn(int line, string code, string sentence) =>
        journal.Warn(ImportKind.Planning, line, _byLine[line].SlotRef.Value, code, sentence);
}
