using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Emargement.Domain.Planning.Import;

namespace Emargement.Functions.Planning;

/// <summary>The four tables to fill in as one workbook, which opens in Excel, LibreOffice and Google Sheets: columns of dates and hours,
/// lists to choose from, an example in each, and a sheet that explains them in French.</summary>
internal static class TemplateWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Part = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";

    // Rows that have lists to choose from.
    private const int Rows = 5_000;

    // Places in the list of styles below.
    private const int AsText = 1;
    private const int Required = 2;
    private const int Optional = 3;
    private const int AsDate = 4;
    private const int AsHour = 5;
    private const int Wrapped = 6;

    private const string Styles = $"""
        {Head}<styleSheet xmlns="{Main}">
        <numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="hh:mm"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
        <fill><patternFill patternType="solid"><fgColor rgb="FFE8EEFC"/></patternFill></fill></fills>
        <borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
        <cellXfs count="7"><xf/><xf numFmtId="49" applyNumberFormat="1"/>
        <xf numFmtId="49" fontId="1" fillId="2" applyFont="1" applyFill="1"/><xf numFmtId="49" fontId="1" applyFont="1"/>
        <xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/>
        <xf applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf></cellXfs>
        </styleSheet>
        """;

    // Spreadsheets count days from 30 December 1899.
    private static readonly int SerialZero = new DateOnly(1899, 12, 30).DayNumber;

    private static readonly string[] Hours = ["debut", "fin", "pause_debut", "pause_fin"];

    /// <summary>What may be chosen; anything else may be typed all the same.</summary>
    private static readonly Dictionary<(ImportKind Kind, string Column), string> Lists = new()
    {
        [(ImportKind.Learners, "civilite")] = "\"M.,Mme\"",
        [(ImportKind.Learners, "langue")] = "\"fr,de,en,es,it,pt\"",
        [(ImportKind.Learners, "financeur")] = "\"REGION\"",
        [(ImportKind.Learners, "action_ref")] = $"actions!$A$2:$A${Rows}",
        [(ImportKind.Planning, "action_ref")] = $"actions!$A$2:$A${Rows}",
        [(ImportKind.Planning, "formateur_ref")] = $"formateurs!$A$2:$A${Rows}",
        [(ImportKind.Planning, "modalite")] = "\"P,D,E\"",
    };

    /// <param name="explanation">Lines of the first sheet.</param>
    /// <param name="example">Cells of the example row of a table, in the order of its columns.</param>
    /// <param name="date">Of every part, so that the file is the same to the byte.</param>
    public static byte[] Write(IReadOnlyList<string> explanation, Func<ImportKind, string[]> example, DateTimeOffset date)
    {
        var kinds = Enum.GetValues<ImportKind>();
        var tables = kinds.Select(k => (Name: NameOf(k), Xml: Table(k, example(k))));
        var sheets = tables.Prepend((Name: "Lisez-moi", Xml: Explained(explanation))).ToList();
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("[Content_Types].xml", ContentTypes(sheets.Count));
            Add("_rels/.rels", Related(["officeDocument"], _ => "xl/workbook.xml"));
            Add("xl/workbook.xml", Book(sheets.Select(s => s.Name)));
            Add("xl/_rels/workbook.xml.rels", Related(
                [.. sheets.Select(_ => "worksheet"), "styles"], n => n > sheets.Count ? "styles.xml" : $"worksheets/sheet{n}.xml"));
            Add("xl/styles.xml", Styles);
            foreach (var (number, (_, xml)) in sheets.Index())
            {
                Add($"xl/worksheets/sheet{number + 1}.xml", xml);
            }

            void Add(string name, string text)
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = date;
                using var stream = entry.Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return output.ToArray();
    }

    private static string NameOf(ImportKind kind) => Path.GetFileNameWithoutExtension(ImportColumns.FileName(kind));

    private static string ContentTypes(int sheets)
    {
        var parts = Enumerable.Range(1, sheets).Select(n =>
            $"<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{Part}.worksheet+xml\"/>");
        return $"{Head}<Types xmlns=\"{Package}/content-types\">"
            + $"<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Part}.sheet.main+xml\"/>"
            + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Part}.styles+xml\"/>{string.Concat(parts)}</Types>";
    }

    private static string Related(IEnumerable<string> types, Func<int, string> target)
    {
        var relations = types.Select((type, i) =>
            $"<Relationship Id=\"r{i + 1}\" Type=\"{Relations}/{type}\" Target=\"{target(i + 1)}\"/>");
        return $"{Head}<Relationships xmlns=\"{Package}/relationships\">{string.Concat(relations)}</Relationships>";
    }

    private static string Book(IEnumerable<string> names)
    {
        var sheets = names.Select((name, i) => $"<sheet name=\"{name}\" sheetId=\"{i + 1}\" r:id=\"r{i + 1}\"/>");
        return $"{Head}<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(sheets)}</sheets></workbook>";
    }

    private static string Explained(IReadOnlyList<string> lines)
    {
        var rows = lines.Select((line, i) => $"<row r=\"{i + 1}\">{Inline(0, i + 1, line, Wrapped)}</row>");
        return $"{Head}<worksheet xmlns=\"{Main}\"><cols><col min=\"1\" max=\"1\" width=\"120\" customWidth=\"1\"/></cols>"
            + $"<sheetData>{string.Concat(rows)}</sheetData></worksheet>";
    }

    private static string Table(ImportKind kind, string[] example)
    {
        var columns = ImportColumns.Of(kind);
        var widths = columns.Select((c, i) => $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{Math.Max(14, c.Name.Length + 4)}\" "
            + $"style=\"{StyleOf(c.Name)}\" customWidth=\"1\"/>");
        var headings = columns.Select((c, i) => Inline(i, 1, c.Name, c.Required ? Required : Optional));
        var cells = columns.Select((c, i) => Cell(i, c.Name, example.ElementAtOrDefault(i) ?? ""));
        var lists = columns.Select((c, i) => (Column: i, List: Lists.GetValueOrDefault((kind, c.Name)))).Where(l => l.List is not null)
            .Select(l => $"<dataValidation type=\"list\" allowBlank=\"1\" sqref=\"{Letter(l.Column)}2:{Letter(l.Column)}{Rows}\">"
                + $"<formula1>{SecurityElement.Escape(l.List)}</formula1></dataValidation>")
            .ToList();
        return $"{Head}<worksheet xmlns=\"{Main}\"><sheetViews><sheetView workbookViewId=\"0\">"
            + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
            + $"<cols>{string.Concat(widths)}</cols><sheetData><row r=\"1\">{string.Concat(headings)}</row>"
            + $"<row r=\"2\">{string.Concat(cells)}</row></sheetData>"
            + (lists.Count == 0 ? "" : $"<dataValidations count=\"{lists.Count}\">{string.Concat(lists)}</dataValidations>")
            + "</worksheet>";
    }

    private static int StyleOf(string column) =>
        ImportColumns.IsDate(column) ? AsDate : Hours.Contains(column) ? AsHour : AsText;

    private static string Cell(int column, string name, string value) => (value, StyleOf(name)) switch
    {
        ("", _) => "",
        (_, AsDate) => Number(
            column, AsDate, DateOnly.ParseExact(value, "dd/MM/yyyy", CultureInfo.InvariantCulture).DayNumber - SerialZero),
        (_, AsHour) => Number(column, AsHour, TimeOnly.ParseExact(value, "HH:mm", CultureInfo.InvariantCulture).ToTimeSpan().TotalDays),
        _ => Inline(column, 2, value, AsText),
    };

    private static string Number(int column, int style, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"<c r=\"{Letter(column)}2\" s=\"{style}\"><v>{value}</v></c>");

    private static string Inline(int column, int row, string value, int style) =>
        $"<c r=\"{Letter(column)}{row}\" s=\"{style}\" t=\"inlineStr\">"
        + $"<is><t xml:space=\"preserve\">{SecurityElement.Escape(value)}</t></is></c>";

    private static char Letter(int column) => (char)('A' + column);
}
