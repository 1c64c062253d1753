namespace Emargement.Domain.Planning;

/// <summary>A span of time that somebody, or a room, is taken.</summary>
/// <param name="Resource">Who or what is taken: spans of different resources never meet.</param>
/// <param name="Line">Line of the file; a Session that is not in the file has a negative number of its own, so it counts as earlier than
/// every line.</param>
/// <param name="Label">How a person names it.</param>
public readonly record struct TakenSpan(string Resource, DateTimeOffset Start, DateTimeOffset End, int Line, string Label);

/// <summary>Inspectors reject a trainer in two places and two groups in one room.</summary>
public static class Overlaps
{
    /// <summary>Each line that overlaps an earlier line of the same resource, once, with one such earlier span. Spans that only touch do
    /// not overlap.</summary>
    public static IReadOnlyDictionary<int, TakenSpan> LaterLines(IEnumerable<TakenSpan> spans)
    {
        var found = new Dictionary<int, TakenSpan>();
        var ordered = spans.OrderBy(s => s.Resource, StringComparer.Ordinal).ThenBy(s => s.Start).ThenBy(s => s.Line);
        var running = new PriorityQueue<TakenSpan, DateTimeOffset>();
        var runningByLine = new SortedDictionary<int, TakenSpan>();
        string? resource = null;
        foreach (var span in ordered)
        {
            if (span.Resource != resource)
            {
                resource = span.Resource;
                running.Clear();
                runningByLine.Clear();
            }

            while (running.TryPeek(out var ended, out var end) && end <= span.Start)
            {
                running.Dequeue();
                runningByLine.Remove(ended.Line);
            }

            // Every running span but the one of the first line was found when it met that one, so the first is all there is to compare
            // with.
            if (runningByLine.Count > 0)
            {
                var first = runningByLine.First().Value;
                var (later, earlier) = first.Line < span.Line ? (span, first) : (first, span);
                if (later.Line > 0)
                {
                    found.TryAdd(later.Line, earlier);
                }
            }

            running.Enqueue(span, span.End);
            runningByLine.TryAdd(span.Line, span);
        }

        return found;
    }
}
