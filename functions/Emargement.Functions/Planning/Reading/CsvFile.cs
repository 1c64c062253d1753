using System.Text;
using CsvHelper;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Reading;

/// <summary>One CSV file of an import, whose encoding, separator and kind are known and whose quoting holds to the end, so that reading its rows cannot fail.</summary>
public sealed class CsvFile
{
    public const int MaxRows = 200_000;

    // A record longer than this has a quote that never closes: real ones are a few hundred bytes.
    private const int MaxRecordBytes = 1024 * 1024;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private readonly SpooledFile _file;
    private readonly Encoding _encoding;

    private CsvFile(SpooledFile file, Encoding encoding, char separator, ImportHeading heading) =>
        (_file, _encoding, Separator, Heading) = (file, encoding, separator, heading);

    public string Name => _file.Name;

    public ImportHeading Heading { get; }

    public char Separator { get; }

    public ImportedFile Description => new(Name, Heading.Kind, _encoding == StrictUtf8 ? "utf-8" : "windows-1252", Separator == '\t' ? "tab" : Separator.ToString());

    /// <summary>Reads the file once to its end.</summary>
    /// <returns>The file, or why it cannot be imported.</returns>
    public static Result<CsvFile> Inspect(SpooledFile file)
    {
        if (file.Length == 0)
        {
            return ImportRefusals.FileEmpty(file.Name);
        }

        var (isText, isUtf8) = Sniff(file.Rewind());
        if (!isText)
        {
            return ImportRefusals.NotText(file.Name);
        }

        var encoding = isUtf8 ? StrictUtf8 : Windows1252;
        if (FirstLine(file, encoding) is not { } firstLine)
        {
            return ImportRefusals.FileEmpty(file.Name);
        }

        var separator = FindSeparator(firstLine);
        var open = -1L;
        var line = 1L;
        var rows = 0;
        ImportHeading? heading = null;
        using var reader = Reader(file, encoding, separator, unterminated => open = unterminated);
        try
        {
            while (reader.Read())
            {
                line = reader.LineNumber;
                if (heading is null)
                {
                    heading = ImportHeading.Of(reader.Current.ToArray());
                    if (heading is null)
                    {
                        return ImportRefusals.HeadingUnknown(file.Name);
                    }
                }
                else if (!IsBlank(reader) && ++rows > MaxRows)
                {
                    return ImportRefusals.TooManyRows(file.Name, MaxRows);
                }
            }
        }
        catch (CsvFormatException)
        {
            open = line + 1;
        }

        return heading switch
        {
            _ when open > 0 => ImportRefusals.QuoteOpen(file.Name, open),
            null => ImportRefusals.HeadingUnknown(file.Name),
            { Missing.Count: > 0 } => ImportRefusals.ColumnsMissing(file.Name, heading.Missing),
            _ => new CsvFile(file, encoding, separator, heading),
        };
    }

    /// <summary>The rows below the heading, read as they are asked for; blank ones are passed over.</summary>
    public IEnumerable<ImportRow> Rows()
    {
        using var reader = Reader(_file, _encoding, Separator, _ => { });
        reader.Read();
        while (reader.Read())
        {
            if (!IsBlank(reader))
            {
                yield return new ImportRow(Heading, (int)reader.LineNumber, reader.Current.ToArray());
            }
        }
    }

    private static CsvReader Reader(SpooledFile file, Encoding encoding, char separator, Action<long> unterminated) => CsvReader.Create(
        new StreamReader(file.Rewind(), encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true),
        new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrackLineNumbers = true,
            PoolStrings = true,
            MaxRecordSize = MaxRecordBytes,
            OnMalformedRecord = record =>
            {
                if (record.Reason == CsvMalformedReason.UnterminatedQuote)
                {
                    unterminated(record.LineNumber);
                }
            },
        },
        leaveOpen: false);

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

    private static (bool IsText, bool IsUtf8) Sniff(Stream content)
    {
        var buffer = new byte[64 * 1024];
        var characters = new char[buffer.Length + 4];
        var decoder = StrictUtf8.GetDecoder();
        var utf8 = true;
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            if (buffer.AsSpan(0, read).Contains((byte)0))
            {
                return (false, false);
            }

            utf8 = utf8 && Decodes(decoder, buffer.AsSpan(0, read), characters, flush: false);
        }

        return (true, utf8 && Decodes(decoder, [], characters, flush: true));
    }

    private static bool Decodes(Decoder decoder, ReadOnlySpan<byte> bytes, Span<char> characters, bool flush)
    {
        try
        {
            decoder.GetChars(bytes, characters, flush);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static string? FirstLine(SpooledFile file, Encoding encoding)
    {
        using var reader = new StreamReader(file.Rewind(), encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var start = new char[16 * 1024];
        var text = new string(start, 0, reader.ReadBlock(start)).TrimStart();
        return text.Length == 0 ? null : text.Split('\n', '\r')[0];
    }

    // A heading holds no quoted separators, so the commonest of the three is the one; `;` wins a draw, as a French spreadsheet writes it.
    private static char FindSeparator(string heading) => ";,\t".MaxBy(s => heading.Count(c => c == s));
}
