using System.Globalization;
using System.Text;
using System.Xml;

namespace Emargement.Functions.Planning.Reading.Workbooks;

/// <summary>The rows of a sheet as lines of CSV with <c>;</c>. A row that the sheet leaves out is an empty line, so that a line's number
/// is the row's.</summary>
internal static class SheetLines
{
    // What a spreadsheet can hold.
    private const int MaxRow = 1_048_576;
    private const int MaxColumn = 16_384;

    /// <param name="reader">Stands before the sheet's first element.</param>
    /// <param name="texts">The workbook's shared texts.</param>
    /// <param name="formats">How its cells show numbers.</param>
    public static IEnumerable<string> Read(XmlReader reader, IReadOnlyList<string> texts, CellFormats formats)
    {
        var written = 0;
        var cells = new List<string>();
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "row")
            {
                continue;
            }

            var row = int.TryParse(reader.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : written + 1;
            if (row <= written || row > MaxRow)
            {
                throw new InvalidDataException("Rows of a sheet follow each other.");
            }

            cells.Clear();
            ReadRow(reader, texts, formats, cells);
            if (cells.Count == 0)
            {
                continue;
            }

            for (; written < row - 1; written++)
            {
                yield return "";
            }

            written++;
            yield return string.Join(';', cells.Select(Quoted));
        }
    }

    /// <summary>The text of an element, without the reading aids of East Asian writing.</summary>
    public static string TextOf(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        // Nearly always one piece: nothing is put together then.
        var (text, more) = ("", default(StringBuilder));
        var depth = reader.Depth;
        var aid = 0;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "rPh", IsEmptyElement: false })
            {
                aid++;
            }
            else if (reader is { NodeType: XmlNodeType.EndElement, LocalName: "rPh" })
            {
                aid--;
            }
            else if (aid == 0
                && reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
            {
                if (text.Length == 0)
                {
                    text = reader.Value;
                }
                else
                {
                    (more ??= new StringBuilder(text)).Append(reader.Value);
                }
            }
        }

        return Unescaped(more?.ToString() ?? text);
    }

    // What XML cannot hold, ECMA-376 part 1, 22.9.2.19: a line's end from an old system is _x000D_.
    private static string Unescaped(string text) =>
        text.Contains("_x", StringComparison.Ordinal) ? XmlConvert.DecodeName(text) : text;

    private static void ReadRow(XmlReader reader, IReadOnlyList<string> texts, CellFormats formats, List<string> cells)
    {
        if (reader.IsEmptyElement)
        {
            return;
        }

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                continue;
            }

            var column = ColumnOf(reader.GetAttribute("r")) ?? cells.Count;
            var type = reader.GetAttribute("t");
            var style = int.TryParse(reader.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var s) ? s : 0;
            var value = ValueOf(reader);
            if (value.Length == 0 || column < cells.Count)
            {
                continue;
            }

            while (cells.Count < column)
            {
                cells.Add("");
            }

            cells.Add(type switch
            {
                "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var text) && text < texts.Count
                    ? texts[text]
                    : "",
                "str" or "inlineStr" or "e" or "d" => value,
                "b" => value == "1" ? "VRAI" : "FAUX",
                _ => formats.Show(value, style),
            });
        }
    }

    private static string ValueOf(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var value = "";
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            // A formula's text stands beside its value.
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "v" or "is" })
            {
                value = TextOf(reader);
            }
        }

        return value;
    }

    private static int? ColumnOf(string? place)
    {
        var column = 0;
        foreach (var c in place ?? "")
        {
            if (!char.IsAsciiLetterUpper(c) || column > MaxColumn)
            {
                break;
            }

            column = (column * 26) + (c - 'A' + 1);
        }

        return column is 0 or > MaxColumn ? null : column - 1;
    }

    private static string Quoted(string cell)
    {
        var line = cell.ReplaceLineEndings(" ");
        return line.AsSpan().IndexOfAny(';', '"') < 0 ? line : $"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
