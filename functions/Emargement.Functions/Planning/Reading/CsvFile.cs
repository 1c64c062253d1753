using CsvHelper;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Reading;

/// <summary>One table of an import, whose encoding, separator and kind are known and whose quoting holds to the end, so that reading its
/// rows cannot fail.</summary>
public sealed class CsvFile
{
    public const int MaxRows = 200_000;

    /// <summary>Columns at most: what a spreadsheet can hold.</summary>
    public const int MaxColumns = 16_384;

    private readonly DecodedText _text;
    private readonly HeadingLine _heading;
    private readonly string _encoding;

    private CsvFile(string name, DecodedText text, HeadingLine heading, string encoding, bool isBare) =>
        (Name, _text, _heading, _encoding, IsBare) = (name, text, heading, encoding, isBare);

    /// <summary>Whether it has headings and nothing below.</summary>
    public bool IsBare { get; }

    public string Name { get; }

    public ImportHeading Heading => _heading.Heading;

    /// <summary>Line on which the headings stand.</summary>
    public int HeadingLine => _heading.Number;

    /// <summary>Text that stands above the headings; null when nothing does.</summary>
    public string? Skipped => _heading.Skipped;

    public ImportedFile Description =>
        new(Name, Heading.Kind, _encoding, _heading.Separator == '\t' ? "tab" : _heading.Separator.ToString());

    /// <summary>Reads the file once to its end.</summary>
    /// <param name="name">Under which the report names it.</param>
    /// <param name="file">Its content.</param>
    /// <param name="encoding">What the report says of its encoding; null for that of its text.</param>
    /// <returns>The file, or why it cannot be imported.</returns>
    public static Result<CsvFile> Inspect(string name, SpooledFile file, string? encoding = null)
    {
        if (file.Length == 0)
        {
            return ImportRefusals.FileEmpty(name);
        }

        if (DecodedText.Of(file) is not { } text)
        {
            return ImportRefusals.NotText(name);
        }

        var heading = Reading.HeadingLine.Find(name, text);
        if (!heading.IsOk)
        {
            return heading.Refusal;
        }

        return Check(name, text, heading.Value, out var rows) is { } refusal ? refusal
            : new CsvFile(name, text, heading.Value, encoding ?? text.Name, rows == 0);
    }

    /// <summary>The rows below the heading, read as they are asked for; blank ones are passed over.</summary>
    public IEnumerable<ImportRow> Rows()
    {
        using var source = _heading.Open(_text);
        using var reader = Reader(source, _heading.Separator, _ => { });
        reader.Read();
        while (reader.Read())
        {
            if (!IsBlank(reader))
            {
                var values = reader.Current.ToArray();
                var line = _heading.Number - 1 + (int)reader.LineNumber;
                yield return new ImportRow(Heading, line, values, source.TakeRepairs(line, line + values.Sum(v => v.AsSpan().Count('\n'))));
            }
        }
    }

    /// <summary>Reads records of text.</summary>
    /// <param name="unterminated">Told the line of a quote that never closes.</param>
    internal static CsvReader Reader(TextReader source, char separator, Action<long> unterminated) => CsvReader.Create(
        source,
        new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrackLineNumbers = true,
            PoolStrings = true,
            MaxRecordSize = ByteLines.MaxLine,
            OnMalformedRecord = record =>
            {
                if (record.Reason == CsvMalformedReason.UnterminatedQuote)
                {
                    unterminated(record.LineNumber);
                }
            },
        },
        leaveOpen: true);

    private static Refusal? Check(string name, DecodedText text, HeadingLine heading, out int rows)
    {
        var above = heading.Number - 1;
        var open = 0L;
        var line = 1L;
        rows = 0;
        using var source = heading.Open(text);
        using var reader = Reader(source, heading.Separator, unterminated => open = unterminated);
        try
        {
            reader.Read();
            while (reader.Read())
            {
                line = reader.LineNumber;
                if (!IsBlank(reader) && ++rows > MaxRows)
                {
                    return ImportRefusals.TooManyRows(name, MaxRows);
                }
            }
        }
        catch (CsvFormatException)
        {
            open = line + 1;
        }

        return open == 0 ? heading.Heading.Missing.Count > 0 ? ImportRefusals.ColumnsMissing(name, heading.Heading.Missing) : null
            : source.HasOverlongLine ? ImportRefusals.LineTooLong(name, above + open)
            : ImportRefusals.QuoteOpen(name, above + open);
    }

    private static bool IsBlank(CsvReader reader)
    {
        for (var i = 0; i < reader.FieldCount; i++)
        {
            if (!reader.IsEmpty(i) && reader.GetString(i).AsSpan().Trim().Length > 0)
            {
                return false;
            }
        }

        return true;
    }
}
