using System.IO.Compression;
using System.Text;
using Emargement.Domain.Planning.Import;

namespace Emargement.Tests.Planning.Reading;

/// <summary>A workbook is read as the tables that a person sees in it.</summary>
public sealed class WorkbookTests
{
    private const string Ns = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    private const string Styles =
        "<numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-40C]dd/mm/yyyy\\ hh:mm\"/></numFmts>"
        + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/><xf numFmtId=\"164\"/></cellXfs>";

    private readonly ImportDriver _driver = new();

    [Fact]
    public async Task Sheets_are_told_apart_by_their_headings_and_notes_are_left_out()
    {
        var report = await ImportAsync(Book(
            Sheet("Notes", Row(1, Text("À faire"), Text("appeler"))),
            Sheet(
                "Actions",
                Row(1, Text("action_ref"), Text("intitule"), Text("date_debut"), Text("date_fin")),
                Row(2, Text("A1"), Text("Cuisine"), Day(46023), Day(46387))),
            Sheet("Vide"),
            Sheet(
                "Formateurs",
                Row(1, Text("formateur_ref"), Text("nom"), Text("prenom")),
                Row(2, Text("F1"), Text("Delpech"), Text("Rémi; Ana")))));

        (report.Actions.Created, report.Trainers.Created).ShouldBe((1, 1));
        report.Lines.Single().ShouldSatisfyAllConditions(l => l.Code.ShouldBe("file-ignored"), l => l.Text.ShouldContain("Notes"));
        report.Files.Select(f => (f.Name, f.Encoding)).ShouldBe([("livre.xlsx (Actions)", "xlsx"), ("livre.xlsx (Formateurs)", "xlsx")]);
    }

    [Fact]
    public async Task Dates_and_times_are_read_by_the_format_of_their_cells_and_lines_are_the_sheet_s_rows()
    {
        await ImportAsync(
            ImportDriver.Text("a.csv", "action_ref;intitule;date_debut;date_fin", "A1;Cuisine;01/01/2026;31/12/2026"),
            ImportDriver.Text("f.csv", "formateur_ref;nom;prenom", "F1;Un;Sam"),
            ImportDriver.Text("s.csv", "stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree", "S1;Un;Ana;A1;1;REGION;01/01/2026"));

        var report = await ImportAsync(Book(Sheet(
            "Planning",
            Row(1, Text("Planning de décembre")),
            Row(3, [.. "seance_ref action_ref date debut fin groupe formateur_ref".Split(' ').Select(Text)]),
            Row(4, Number("101"), Text("A1"), Day(46357), Time("0.375"), Time("0.520833333333333"), Number("1"), Text("F1")),
            Row(6, Number("1.02E2"), Text("A1"), DayAndTime("46358"), Time("0.75"), Time("1"), Number("1"), Text("F1")),
            Row(7, Number("103"), Text("A1"), Text("32/12/2026"), Time("0.375"), Time("0.5"), Number("1"), Text("F1")))));

        report.Lines.Select(l => (l.Line, l.Code)).ShouldBe([(1, "line-skipped"), (7, "invalid-date")]);
        var sessions = (await _driver.StoredAsync()).Select(s => s.Value).OrderBy(s => s.Start).ToList();
        sessions.Select(s => (s.Id.Reference.Value, s.Id.Date.Day, s.PlannedMinutes)).ShouldBe([("101", 1, 210), ("102", 2, 360)]);
    }

    [Fact]
    public async Task A_copy_of_the_headings_alone_is_no_second_table_and_line_ends_of_old_systems_are_spaces()
    {
        var headings = Row(1, Text("formateur_ref"), Text("nom"), Text("prenom"));

        var report = await ImportAsync(Book(
            Sheet("Modèle", headings),
            Sheet(
                "Formateurs",
                headings,
                Row(2, Text("F1"), Text("Un_x000D_\nDeux"), Text("Sam")),
                Row(3, Text("F2"), Text("#N/A"), Text("A")))));

        report.Trainers.ShouldSatisfyAllConditions(t => (t.Created, t.Rejected).ShouldBe((1, 1)));
        report.Lines.Select(l => l.Code).ShouldBe(["file-ignored", "spreadsheet-error"], ignoreOrder: true);
        (await _driver.Trainers.FindAsync(
            _driver.Organisation.Id, Emargement.Domain.Platform.Reference.Parse("F1"), TestContext.Current.CancellationToken))!
            .Value.LastName.ShouldBe("Un Deux");
    }

    [Fact]
    public async Task A_workbook_inside_an_archive_is_read()
    {
        var (_, book) = Book(
            Sheet("F", Row(1, Text("formateur_ref"), Text("nom"), Text("prenom")), Row(2, Text("F1"), Text("Un"), Text("Sam"))));
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("formateurs.xlsx").Open();
            entry.Write(book);
        }

        (await ImportAsync(("envoi.zip", output.ToArray()))).Trainers.Created.ShouldBe(1);
    }

    [Theory]
    [InlineData("<worksheet", "import-archive-damaged", "XML that ends too soon")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet>&a;</worksheet>", "import-archive-damaged", "entities are never expanded")]
    [InlineData("<worksheet/>", "import-file-empty", "nothing in it")]
    public async Task A_workbook_that_is_none_is_refused(string sheet, string code, string why)
    {
        var result = await _driver.RunAsync([Book(("F", sheet))]);

        result.Refusal!.Code.ShouldBe(code, why);
    }

    [Fact]
    public async Task A_workbook_that_unpacks_to_more_than_an_import_may_hold_is_refused()
    {
        var row = Row(1, Text("formateur_ref"), Text("nom"), Text("prenom"));
        var many = new StringBuilder(row);
        for (var i = 2; i < 60_000; i++)
        {
            many.Append(Row(i, Text(new string('x', 900)), Text("n"), Text("p")));
        }

        (await _driver.RunAsync(
            [Book(("F", $"<worksheet {Ns}><sheetData>{many}</sheetData></worksheet>"))])).Refusal!.Code.ShouldBe("import-too-large");
    }

    private static string Text(string value) => $"<c t=\"inlineStr\"><is><t>{System.Security.SecurityElement.Escape(value)}</t></is></c>";

    private static string Number(string value) => $"<c><v>{value}</v></c>";

    private static string Day(int serial) => $"<c s=\"1\"><v>{serial}</v></c>";

    private static string Time(string fraction) => $"<c s=\"2\"><v>{fraction}</v></c>";

    private static string DayAndTime(string serial) => $"<c s=\"3\"><v>{serial}</v></c>";

    private static string Row(int number, params string[] cells) => $"<row r=\"{number}\">{string.Concat(cells)}</row>";

    private static (string Name, string Xml) Sheet(string name, params string[] rows) =>
        (name, $"<worksheet {Ns}><sheetData>{string.Concat(rows)}</sheetData></worksheet>");

    private static (string Name, byte[] Content) Book(params (string Name, string Xml)[] sheets)
    {
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            var list = sheets.Select((s, i) => $"<sheet name=\"{s.Name}\" sheetId=\"{i + 1}\" r:id=\"r{i}\"/>");
            var targets = sheets.Select((_, i) => $"<Relationship Id=\"r{i}\" Target=\"worksheets/sheet{i}.xml\"/>");
            Add("xl/workbook.xml", $"<workbook {Ns} xmlns:r=\"{Relations}\"><sheets>{string.Concat(list)}</sheets></workbook>");
            Add("xl/_rels/workbook.xml.rels", $"<Relationships>{string.Concat(targets)}</Relationships>");
            Add("xl/styles.xml", $"<styleSheet {Ns}>{Styles}</styleSheet>");
            foreach (var (index, (_, xml)) in sheets.Index())
            {
                Add($"xl/worksheets/sheet{index}.xml", xml);
            }

            void Add(string name, string text)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return ("livre.xlsx", output.ToArray());
    }

    private async Task<ImportReport> ImportAsync(params (string Name, byte[] Content)[] files)
    {
        var result = await _driver.RunAsync(files);
        result.Refusal.ShouldBeNull();
        return result.Value!;
    }
}
