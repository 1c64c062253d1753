using System.Text.RegularExpressions;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Reading;

/// <summary>The line of a file that holds its headings: people put a title above them, spreadsheets a line « sep=; ».</summary>
public sealed partial class HeadingLine
{
    private const int Lines = 10;

    private HeadingLine(ImportHeading heading, int number, char separator, string? skipped) =>
        (Heading, Number, Separator, Skipped) = (heading, number, separator, skipped);

    public ImportHeading Heading { get; }

    /// <summary>The first line being 1.</summary>
    public int Number { get; }

    public char Separator { get; }

    /// <summary>What stands above, as one line; null when nothing does.</summary>
    public string? Skipped { get; }

    /// <summary>Looks for headings within the first lines. Of several such lines, the one that lacks the fewest columns.</summary>
    /// <returns>The line, or why there is none: <c>import-file-empty</c>, <c>import-web-page</c>, <c>import-too-many-columns</c>,
    /// <c>import-heading-unknown</c>.</returns>
    public static Result<HeadingLine> Find(string file, DecodedText text)
    {
        using var source = text.Open();
        var lines = new List<string>();
        while (lines.Count < Lines && source.NextLine() is { } line)
        {
            lines.Add(line);
        }

        if (lines.All(string.IsNullOrWhiteSpace))
        {
            return source.Peek() < 0 ? ImportRefusals.FileEmpty(file) : ImportRefusals.HeadingUnknown(file);
        }

        if (WebPage().IsMatch(string.Concat(lines)))
        {
            return ImportRefusals.WebPage(file);
        }

        var declared = DeclaredSeparator().Match(lines[0]) is { Success: true } match ? match.Groups[1].Value[0] : default(char?);
        var found = new List<HeadingLine>();
        foreach (var (above, line) in lines.Index().Skip(declared is null ? 0 : 1).Where(l => !string.IsNullOrWhiteSpace(l.Item)))
        {
            var separator = declared ?? FindSeparator(line);
            if (line.AsSpan().Count(separator) >= CsvFile.MaxColumns)
            {
                return ImportRefusals.TooManyColumns(file, CsvFile.MaxColumns);
            }

            if (ImportHeading.Of(FirstRecord(string.Concat(lines.Skip(above)), separator)) is { } heading)
            {
                found.Add(new HeadingLine(heading, above + 1, separator, TextAbove(lines.Take(above))));
            }
        }

        return found.MinBy(h => h.Heading.Missing.Count) is { } best ? best : ImportRefusals.HeadingUnknown(file);
    }

    /// <summary>A reader that stands at the headings. Its notes count lines from the first of the file.</summary>
    public DecodedReader Open(DecodedText text)
    {
        var source = text.Open();
        for (var line = 1; line < Number; line++)
        {
            source.NextLine();
        }

        return source;
    }

    private static List<string> FirstRecord(string text, char separator)
    {
        using var source = new StringReader(text);
        using var reader = CsvFile.Reader(source, separator, _ => { });
        try
        {
            return reader.Read() ? [.. reader.Current.ToArray()] : [];
        }
        catch (CsvHelper.CsvFormatException)
        {
            return [];
        }
    }

    private static string? TextAbove(IEnumerable<string> lines)
    {
        var text = PlainText.Of(string.Join(" ", lines.Select(l => l.Trim(' ', ';', ',', '\t', '\r', '\n', '"'))));
        return text.Length == 0 ? null : text;
    }

    // A heading holds no quoted separators, so the commonest of the three is the one; `;` wins a draw, as a French spreadsheet writes it.
    private static char FindSeparator(string heading) => ";,\t".MaxBy(s => heading.Count(c => c == s));

    [GeneratedRegex(@"\A\s*sep=([;,\t])[;,\t]*\s*\z", RegexOptions.IgnoreCase)]
    private static partial Regex DeclaredSeparator();

    [GeneratedRegex(
        @"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|meta|title|table)\b",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex WebPage();
}
