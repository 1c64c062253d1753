using System.IO.Compression;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading.Calendars;
using Emargement.Functions.Planning.Reading.Workbooks;

namespace Emargement.Functions.Planning.Reading;

/// <summary>What the report says of something that came with the tables and is none.</summary>
public sealed record FileRemark(string File, string Code, string Sentence)
{
    public static FileRemark Ignored(string file) => new(file, ImportCode.FileIgnored, ImportSentences.FileIgnored(file));

    public static FileRemark SheetEmpty(string file, string sheet) =>
        new(file, ImportCode.FileIgnored, ImportSentences.SheetEmpty(sheet));

    public static FileRemark SheetIgnored(string file, string sheet) =>
        new(file, ImportCode.FileIgnored, ImportSentences.SheetIgnored(sheet));
}

/// <summary>A file as it came, opened once: the tables in it, be it one CSV, an archive or a workbook, and the calendars.</summary>
public sealed class ImportFile : IDisposable
{
    private readonly List<SpooledFile> _unpacked = [];
    private readonly List<CsvFile> _tables = [];
    private readonly List<CalendarFile> _calendars = [];
    private readonly List<FileRemark> _remarks = [];

    private ImportFile()
    {
    }

    public IReadOnlyList<CsvFile> Tables => _tables;

    public IReadOnlyList<CalendarFile> Calendars => _calendars;

    public IReadOnlyList<FileRemark> Remarks => _remarks;

    /// <summary>Kinds of which an import takes one file. Calendars are a planning together, however many they are.</summary>
    public IEnumerable<ImportKind> Kinds => _tables.Select(t => t.Heading.Kind);

    /// <summary>Opens a file and reads it once to its end. Takes over nothing that it was given: the caller disposes of it.</summary>
    /// <param name="received">As it came.</param>
    /// <param name="budget">Bytes that its archives may unpack to.</param>
    public static async Task<Result<ImportFile>> OpenAsync(SpooledFile received, ByteBudget budget, CancellationToken cancellation)
    {
        var file = new ImportFile();
        try
        {
            var refusal = await file.AddAsync(received, budget, mayBeArchive: true, cancellation);
            if (refusal is null)
            {
                return file;
            }

            file.Dispose();
            return refusal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _unpacked.ForEach(f => f.Dispose());

    private async Task<Refusal?> AddAsync(SpooledFile file, ByteBudget budget, bool mayBeArchive, CancellationToken cancellation)
    {
        if (CalendarFile.Is(file))
        {
            return Add(CalendarFile.Inspect(file), _calendars);
        }

        if (!ImportZip.IsZip(file))
        {
            return Add(CsvFile.Inspect(file.Name, file), _tables);
        }

        try
        {
            await using var zip = new ZipArchive(file.Rewind(), ZipArchiveMode.Read, leaveOpen: true);
            return Workbook.IsWorkbook(zip) ? AddSheets(file.Name, zip, budget)
                : Workbook.IsOtherDocument(zip) || !mayBeArchive ? ImportRefusals.NotText(file.Name)
                : await AddEntriesAsync(zip, budget, cancellation);
        }
        catch (InvalidDataException)
        {
            return ImportRefusals.ArchiveDamaged;
        }
    }

    private async Task<Refusal?> AddEntriesAsync(ZipArchive zip, ByteBudget budget, CancellationToken cancellation)
    {
        var entries = new List<SpooledFile>();
        var refusal = await ImportZip.UnpackAsync(zip, entries, budget, _remarks.Add, cancellation);
        _unpacked.AddRange(entries);
        foreach (var entry in entries)
        {
            if (Path.GetExtension(entry.Name).Equals(".xlsx", StringComparison.OrdinalIgnoreCase) && !ImportZip.IsZip(entry))
            {
                _remarks.Add(FileRemark.Ignored(entry.Name));
                continue;
            }

            refusal ??= await AddAsync(entry, budget, mayBeArchive: false, cancellation);
        }

        return refusal ?? (_tables.Count + _calendars.Count == 0 ? ImportRefusals.Empty : null);
    }

    // Sheets are told apart by their headings: notes and lists beside the tables are left out.
    private Refusal? AddSheets(string name, ZipArchive zip, ByteBudget budget)
    {
        var sheets = Workbook.Sheets(zip, budget);
        if (!sheets.IsOk)
        {
            return sheets.Refusal;
        }

        _unpacked.AddRange(sheets.Value.Select(s => s.File));
        var filled = sheets.Value.Where(s => s.File.Length > 0).ToList();
        var (found, unknown) = (new List<(string Sheet, CsvFile Table)>(), default(Refusal));
        foreach (var sheet in filled)
        {
            var table = CsvFile.Inspect(filled.Count == 1 ? name : $"{name} ({sheet.Name})", sheet.File, "xlsx");
            if (table.IsOk)
            {
                found.Add((sheet.Name, table.Value));
            }
            else if (table.Refusal.Code == ImportRefusals.HeadingUnknownCode)
            {
                unknown ??= ImportRefusals.HeadingUnknown(name);
                _remarks.Add(FileRemark.SheetIgnored(name, sheet.Name));
            }
            else
            {
                return table.Refusal;
            }
        }

        // A copy of the headings alone, to start from, is no second table.
        foreach (var (sheet, table) in found)
        {
            if (table.IsBare && found.Exists(other => !other.Table.IsBare && other.Table.Heading.Kind == table.Heading.Kind))
            {
                _remarks.Add(FileRemark.SheetEmpty(name, sheet));
            }
            else
            {
                _tables.Add(table);
            }
        }

        return _tables.Count > 0 ? null : unknown ?? ImportRefusals.FileEmpty(name);
    }

    private static Refusal? Add<T>(Result<T> read, List<T> files)
    {
        if (read.IsOk)
        {
            files.Add(read.Value);
        }

        return read.Refusal;
    }
}
