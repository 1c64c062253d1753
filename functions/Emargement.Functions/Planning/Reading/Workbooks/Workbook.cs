using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Reading.Workbooks;

/// <summary>A sheet of a workbook as lines of CSV, line for line with its rows.</summary>
internal sealed record WorkbookSheet(string Name, SpooledFile File);

/// <summary>Reads workbooks (.xlsx, ECMA-376) as tables: values as a person sees them, dates and times by the format of their cell.
/// Nothing in them is run.</summary>
internal static class Workbook
{
    private const string Root = "xl/workbook.xml";

    // A full workbook of 200,000 rows is some 150 MB of XML; its words, held in memory, are what an import may weigh.
    private const long MaxXml = 400L * 1024 * 1024;

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public static bool IsWorkbook(ZipArchive zip) => zip.GetEntry(Root) is not null;

    /// <summary>Whether an archive is a document of another office program or form, whose tables are not read.</summary>
    public static bool IsOtherDocument(ZipArchive zip) =>
        (zip.GetEntry("mimetype") is not null && zip.GetEntry("content.xml") is not null)
        || zip.GetEntry("xl/workbook.bin") is not null
        || zip.GetEntry("word/document.xml") is not null
        || zip.GetEntry("Index/Document.iwa") is not null;

    /// <summary>Writes its sheets that hold anything, in order.</summary>
    /// <returns>The sheets, or <c>import-too-large</c> or <c>import-archive-damaged</c>.</returns>
    public static Result<IReadOnlyList<WorkbookSheet>> Sheets(ZipArchive zip, ByteBudget budget)
    {
        var sheets = new List<WorkbookSheet>();
        var xml = new ByteBudget(MaxXml);
        try
        {
            var (places, isFrom1904) = Places(zip, xml);
            if (places.Count > ImportZip.MaxEntries)
            {
                return ImportRefusals.TooManyFiles(ImportZip.MaxEntries);
            }

            var texts = SharedTexts(zip, xml);
            var formats = CellFormats.Read(Document(zip, "xl/styles.xml", xml), isFrom1904);
            foreach (var (name, path) in places)
            {
                if (zip.GetEntry(path) is not { } entry)
                {
                    continue;
                }

                using var content = CheckedEntry.Open(entry, xml);
                using var reader = XmlReader.Create(content, Settings);
                var file = SpooledFile.Write(name, SheetLines.Read(reader, texts, formats), budget);
                if (!file.IsOk)
                {
                    return Refuse(sheets, file.Refusal);
                }

                sheets.Add(new WorkbookSheet(name, file.Value));
            }

            return sheets;
        }
        catch (EntryTooLargeException)
        {
            return Refuse(sheets, ImportRefusals.TooLarge(budget.Whole));
        }
        catch (Exception fault) when (fault is XmlException or InvalidDataException or FormatException or OverflowException)
        {
            return Refuse(sheets, ImportRefusals.ArchiveDamaged);
        }
    }

    private static (List<(string Name, string Path)> Places, bool IsFrom1904) Places(ZipArchive zip, ByteBudget xml)
    {
        var book = Document(zip, Root, xml)?.Root ?? throw new InvalidDataException("A workbook without its list of sheets.");
        var targets = (Document(zip, "xl/_rels/workbook.xml.rels", xml)?.Root?.Elements() ?? [])
            .Where(r => r.Attribute("Id") is not null)
            .ToDictionary(r => r.Attribute("Id")!.Value, r => r.Attribute("Target")?.Value ?? "");
        var places = book.Descendants().Where(e => e.Name.LocalName == "sheet")
            .Select(s => (
                Name: s.Attribute("name")?.Value ?? "",
                Id: s.Attributes().FirstOrDefault(a => a.Name.LocalName == "id")?.Value ?? ""))
            .Where(s => targets.ContainsKey(s.Id))
            .Select(s => (s.Name, Path: PathOf(targets[s.Id])))
            .ToList();
        var is1904 = book.Descendants().Any(e => e.Name.LocalName == "workbookPr" && e.Attribute("date1904")?.Value is "1" or "true");
        return (places, is1904);
    }

    private static string PathOf(string target) => target.StartsWith('/') ? target[1..] : "xl/" + target;

    private static List<string> SharedTexts(ZipArchive zip, ByteBudget xml)
    {
        var texts = new List<string>();
        if (zip.GetEntry("xl/sharedStrings.xml") is not { } entry)
        {
            return texts;
        }

        var memory = new ByteBudget(ByteBudget.Limit);
        using var content = CheckedEntry.Open(entry, xml);
        using var reader = XmlReader.Create(content, Settings);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "si")
            {
                texts.Add(SheetLines.TextOf(reader));
                if (!memory.TryTake(texts[^1].Length))
                {
                    throw new EntryTooLargeException();
                }
            }
        }

        return texts;
    }

    private static XDocument? Document(ZipArchive zip, string path, ByteBudget xml)
    {
        if (zip.GetEntry(path) is not { } entry)
        {
            return null;
        }

        using var content = CheckedEntry.Open(entry, xml);
        using var reader = XmlReader.Create(content, Settings);
        return XDocument.Load(reader);
    }

    private static Refusal Refuse(List<WorkbookSheet> sheets, Refusal refusal)
    {
        sheets.ForEach(s => s.File.Dispose());
        return refusal;
    }
}
