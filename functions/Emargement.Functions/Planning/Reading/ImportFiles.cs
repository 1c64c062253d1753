using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Import.Calendars;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Functions.Planning.Reading.Calendars;

namespace Emargement.Functions.Planning.Reading;

/// <summary>The tables of one import, one of each kind at most; in place of a planning there may be calendars.</summary>
public sealed class ImportFiles : IDisposable
{
    private readonly Dictionary<ImportKind, CsvFile> _tables;
    private readonly IReadOnlyDictionary<ImportKind, IReadOnlyList<ImportRow>> _pushed =
        new Dictionary<ImportKind, IReadOnlyList<ImportRow>>();

    private IReadOnlyList<ImportFile> _own = [];

    private ImportFiles(Dictionary<ImportKind, CsvFile> tables, IReadOnlyList<CalendarFile> calendars, ImportJournal journal) =>
        (_tables, Calendars, Journal) = (tables, calendars, journal);

    private ImportFiles(IReadOnlyDictionary<ImportKind, IReadOnlyList<ImportRow>> pushed)
        : this([], [], new ImportJournal()) => _pushed = pushed;

    public IReadOnlyList<CalendarFile> Calendars { get; }

    public ImportJournal Journal { get; }

    public IReadOnlyList<ImportedFile> Descriptions =>
        [.. _tables.OrderBy(f => f.Key).Select(f => f.Value.Description), .. Calendars.Select(c => c.Description)];

    /// <summary>Opens files, whose archives and texts share one budget. Takes over nothing that it was given: the caller disposes of
    /// those.</summary>
    /// <returns>Their tables, which the caller disposes of, or why they cannot be imported together.</returns>
    public static async Task<Result<ImportFiles>> OpenAsync(IReadOnlyList<SpooledFile> received, CancellationToken cancellation)
    {
        if (received.Count == 0)
        {
            return ImportRefusals.Empty;
        }

        var opened = new List<ImportFile>();
        var budget = new ByteBudget(ByteBudget.Limit);
        Refusal? refusal = null;
        foreach (var file in received)
        {
            var result = await ImportFile.OpenAsync(file, budget, cancellation);
            refusal = result.Refusal;
            if (!result.IsOk)
            {
                break;
            }

            opened.Add(result.Value);
        }

        var files = refusal is null ? Of(opened) : refusal;
        if (!files.IsOk)
        {
            opened.ForEach(f => f.Dispose());
            return files;
        }

        files.Value._own = opened;
        return files;
    }

    /// <summary>The tables of files that are open; whoever opened them disposes of them.</summary>
    /// <returns>The tables together, or <c>import-same-kind-twice</c>.</returns>
    public static Result<ImportFiles> Of(IEnumerable<ImportFile> files)
    {
        var journal = new ImportJournal();
        var tables = new Dictionary<ImportKind, CsvFile>();
        var calendars = new List<CalendarFile>();
        foreach (var file in files)
        {
            foreach (var (name, code, sentence) in file.Remarks)
            {
                journal.WarnFile(name, code, sentence);
            }

            calendars.AddRange(file.Calendars);
            foreach (var table in file.Tables)
            {
                if (!tables.TryAdd(table.Heading.Kind, table))
                {
                    return ImportRefusals.SameKindTwice(tables[table.Heading.Kind].Name, table.Name);
                }

                Remark(table, journal);
            }
        }

        if (calendars.Count > 0 && tables.TryGetValue(ImportKind.Planning, out var planning))
        {
            return ImportRefusals.SameKindTwice(planning.Name, calendars[0].Name);
        }

        if (calendars.Count > 0)
        {
            journal.Name(ImportKind.Planning, string.Join(", ", calendars.Select(c => c.Name)), "Événement");
        }

        return new ImportFiles(tables, calendars, journal);
    }

    /// <summary>How the report names what a system pushed of a kind.</summary>
    public static string PushedName(ImportKind kind) => kind == ImportKind.Planning ? "sessions" : kind.ToString().ToLowerInvariant();

    /// <summary>What a system pushes, as the rows that files would have.</summary>
    public static ImportFiles Of(IReadOnlyDictionary<ImportKind, IReadOnlyList<ImportRow>> pushed)
    {
        var files = new ImportFiles(pushed);
        foreach (var kind in pushed.Keys)
        {
            files.Journal.Name(kind, PushedName(kind), null);
        }

        return files;
    }

    public bool Has(ImportKind kind) =>
        _tables.ContainsKey(kind) || _pushed.ContainsKey(kind) || (kind == ImportKind.Planning && Calendars.Count > 0);

    /// <summary>The events of all calendars.</summary>
    /// <param name="zone">Of times that name none.</param>
    public IReadOnlyList<PlannedEvent> Events(SiteZone zone) => CalendarFile.Events(Calendars, zone, Journal);

    /// <summary>Rows of the file of a kind; none when there is no such file.</summary>
    public IEnumerable<ImportRow> Rows(ImportKind kind) => _tables.TryGetValue(kind, out var table) ? table.Rows()
        : _pushed.GetValueOrDefault(kind, []);

    public void Dispose()
    {
        foreach (var file in _own)
        {
            file.Dispose();
        }
    }

    private static void Remark(CsvFile table, ImportJournal journal)
    {
        var kind = table.Heading.Kind;
        journal.Name(kind, table.Name);
        if (table.Skipped is { } above)
        {
            journal.Warn(kind, 1, "", ImportCode.LineSkipped, ImportSentences.LineSkipped(above));
        }

        foreach (var unknown in table.Heading.Unknown)
        {
            journal.Warn(kind, table.HeadingLine, "", ImportCode.UnknownColumn, ImportSentences.UnknownColumn(unknown));
        }
    }
}
