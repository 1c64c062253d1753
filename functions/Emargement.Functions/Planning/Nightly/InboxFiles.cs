using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Runs;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>Files of an inbox, each opened once, in the sets in which they are imported.</summary>
internal sealed class InboxFiles : IDisposable
{
    private readonly List<(RunFile File, ImportFile Opened)> _opened = [];
    private readonly List<SpooledFile> _contents = [];
    private readonly Dictionary<RunFile, Refusal> _refused = [];

    /// <summary>Files that cannot be imported, and why.</summary>
    public IReadOnlyDictionary<RunFile, Refusal> Refused => _refused;

    /// <param name="content">What came of it, which this takes over.</param>
    public async Task AddAsync(RunFile file, Result<SpooledFile> content, CancellationToken cancellation)
    {
        if (!content.IsOk)
        {
            Refuse(file, content.Refusal);
            return;
        }

        _contents.Add(content.Value);
        var opened = await ImportFile.OpenAsync(content.Value, new ByteBudget(ByteBudget.Limit), cancellation);
        if (opened.IsOk)
        {
            _opened.Add((file, opened.Value));
        }
        else
        {
            Refuse(file, opened.Refusal);
        }
    }

    public void Refuse(RunFile file, Refusal refusal) => _refused.Add(file, refusal);

    /// <summary>After a missed night two plannings may wait. The first file of each kind makes the first set, whatever came between, so
    /// that a planning meets its learners;
    /// a second file of a kind goes to the next set.</summary>
    public IReadOnlyList<IReadOnlyList<(RunFile File, ImportFile Opened)>> Sets()
    {
        var sets = new List<(List<(RunFile File, ImportFile Opened)> Files, HashSet<ImportKind> Kinds)>();
        foreach (var next in _opened)
        {
            var place = sets.FindLastIndex(s => s.Kinds.Overlaps(next.Opened.Kinds) || IsOtherPlanning(s.Files, next.Opened)) + 1;
            if (place == sets.Count)
            {
                sets.Add(([], []));
            }

            sets[place].Files.Add(next);
            sets[place].Kinds.UnionWith(next.Opened.Kinds);
        }

        return [.. sets.Select(s => s.Files)];
    }

    // Calendars are a planning together; beside a table of the planning they are another one.
    private static bool IsOtherPlanning(IEnumerable<(RunFile File, ImportFile Opened)> set, ImportFile next) =>
        set.Any(s => (s.Opened.Calendars.Count > 0 && next.Kinds.Contains(ImportKind.Planning))
            || (next.Calendars.Count > 0 && s.Opened.Kinds.Contains(ImportKind.Planning)));

    public void Dispose()
    {
        _opened.ForEach(o => o.Opened.Dispose());
        _contents.ForEach(c => c.Dispose());
    }
}
