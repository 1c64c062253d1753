namespace Emargement.Domain.Planning.Import;

/// <summary>Collects the lines of a report while files are read. A whole file of bad rows must not fill the memory, so the lines stop at
/// a limit; the counts do not.</summary>
public sealed class ImportJournal
{
    public const int MaxLines = 10_000;

    private readonly Dictionary<ImportKind, (string Name, string? Unit)> _files = [];
    private readonly Dictionary<ImportKind, HashSet<int>> _rejected = [];
    private readonly List<(int Order, ImportLine Line)> _lines = [];
    private readonly HashSet<(ImportKind Kind, string Code)> _once = [];
    private (ImportKind, int, string, string)? _lastRow;
    private int _leftOut;

    /// <summary>Names the file of a kind as the reader knows it.</summary>
    /// <param name="unit">What its lines are called; null where they have names of their own.</param>
    public void Name(ImportKind kind, string fileName, string? unit = "Ligne") => _files[kind] = (fileName, unit);

    /// <summary>Rejects a row. Of the occurrences of one event, which have its line, those with one reason are reported once.</summary>
    public void RejectRow(ImportKind kind, int line, string reference, string code, string sentence)
    {
        if (_lastRow != (kind, line, code, sentence))
        {
            _lastRow = (kind, line, code, sentence);
            Reject(kind, line, reference, code, sentence);
        }
    }

    public void Reject(ImportKind kind, int line, string reference, string code, string sentence)
    {
        if (line > 0)
        {
            (_rejected.TryGetValue(kind, out var lines) ? lines : _rejected[kind] = []).Add(line);
        }

        Add(kind, line, reference, code, ImportSeverity.Error, sentence);
    }

    public void Warn(ImportKind kind, int line, string reference, string code, string sentence) =>
        Add(kind, line, reference, code, ImportSeverity.Warning, sentence);

    /// <summary>A remark that holds for the whole file: its first line alone is named.</summary>
    public void WarnOnce(ImportKind kind, int line, string reference, string code, string sentence)
    {
        if (_once.Add((kind, code)))
        {
            Warn(kind, line, reference, code, sentence);
        }
    }

    /// <summary>A remark on a file that is none of the four.</summary>
    public void WarnFile(string fileName, string code, string sentence) =>
        Add(new ImportLine(fileName, 0, "", code, ImportSeverity.Warning, sentence), order: -1);

    /// <summary>Rows of the kind that were refused, wholly or in part.</summary>
    public int Rejected(ImportKind kind) => _rejected.TryGetValue(kind, out var lines) ? lines.Count : 0;

    /// <summary>The report's lines and how many were left out.</summary>
    public (IReadOnlyList<ImportLine> Lines, int LeftOut) Lines() =>
        ([.. _lines.OrderBy(l => l.Order).ThenBy(l => l.Line.Line == 0 ? int.MaxValue : l.Line.Line).Select(l => l.Line)], _leftOut);

    private void Add(ImportKind kind, int line, string reference, string code, ImportSeverity severity, string sentence)
    {
        var (file, unit) = _files.TryGetValue(kind, out var known) ? known : (ImportColumns.FileName(kind), "Ligne");
        var where = unit is null ? null : line > 0 ? $"{unit} {line}" : "Absente du fichier";
        var before = string.Join(", ", new[] { where, reference.Length > 0 ? reference : null }.OfType<string>());
        var text = before.Length > 0 ? $"{before} : {sentence}" : sentence;
        Add(new ImportLine(file, line, reference, code, severity, text), (int)kind);
    }

    private void Add(ImportLine line, int order)
    {
        if (_lines.Count < MaxLines)
        {
            _lines.Add((order, line));
        }
        else
        {
            _leftOut++;
        }
    }
}
