using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Reading;

/// <summary>The files of one import, one of each kind at most, opened and checked.</summary>
public sealed class ImportFiles : IDisposable
{
    private readonly IReadOnlyList<SpooledFile> _spooled;
    private readonly Dictionary<ImportKind, CsvFile> _files;

    private ImportFiles(IReadOnlyList<SpooledFile> spooled, Dictionary<ImportKind, CsvFile> files, ImportJournal journal) =>
        (_spooled, _files, Journal) = (spooled, files, journal);

    public ImportJournal Journal { get; }

    public IReadOnlyList<ImportedFile> Descriptions => [.. _files.OrderBy(f => f.Key).Select(f => f.Value.Description)];

    /// <summary>Opens files and archives. Takes over nothing that it was given: the caller disposes of those.</summary>
    public static async Task<Result<ImportFiles>> OpenAsync(IReadOnlyList<SpooledFile> received, CancellationToken cancellation)
    {
        var journal = new ImportJournal();
        var unpacked = new List<SpooledFile>();
        var files = new Dictionary<ImportKind, CsvFile>();
        var budget = new ByteBudget(ByteBudget.Limit);
        var refusal = received.Count == 0 ? ImportRefusals.Empty : null;
        foreach (var file in received)
        {
            refusal ??= await AddAsync(file, files, unpacked, budget, journal, cancellation);
        }

        if (refusal is not null)
        {
            unpacked.ForEach(f => f.Dispose());
            return refusal;
        }

        foreach (var file in files.Values)
        {
            journal.Name(file.Heading.Kind, file.Name);
            foreach (var unknown in file.Heading.Unknown)
            {
                journal.Warn(file.Heading.Kind, 1, "", ImportCode.UnknownColumn, ImportSentences.UnknownColumn(unknown));
            }
        }

        return new ImportFiles(unpacked, files, journal);
    }

    public IEnumerable<ImportKind> Kinds => _files.Keys;

    public bool Has(ImportKind kind) => _files.ContainsKey(kind);

    /// <summary>Rows of the file of a kind; none when there is no such file.</summary>
    public IEnumerable<ImportRow> Rows(ImportKind kind) => _files.TryGetValue(kind, out var file) ? file.Rows() : [];

    public void Dispose()
    {
        foreach (var file in _spooled)
        {
            file.Dispose();
        }
    }

    private static async Task<Refusal?> AddAsync(
        SpooledFile file, Dictionary<ImportKind, CsvFile> files, List<SpooledFile> unpacked, ByteBudget budget, ImportJournal journal, CancellationToken cancellation)
    {
        IReadOnlyList<SpooledFile> texts = [file];
        if (ImportArchive.IsZip(file))
        {
            var entries = await ImportArchive.UnpackAsync(file, budget, journal, cancellation);
            if (!entries.IsOk)
            {
                return entries.Refusal;
            }

            texts = entries.Value;
            unpacked.AddRange(texts);
        }

        foreach (var text in texts)
        {
            var csv = CsvFile.Inspect(text);
            if (!csv.IsOk)
            {
                return csv.Refusal;
            }

            if (!files.TryAdd(csv.Value.Heading.Kind, csv.Value))
            {
                return ImportRefusals.SameKindTwice(files[csv.Value.Heading.Kind].Name, csv.Value.Name);
            }
        }

        return null;
    }
}
