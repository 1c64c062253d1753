using System.IO.Compression;
using System.Xml.Linq;
using Emargement.Functions.Planning;

namespace Emargement.Tests.Planning;

/// <summary>The workbook that people fill in.</summary>
public sealed class TemplateWorkbookTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Fact]
    public async Task It_is_imported_as_it_is_with_its_example_and_without_a_refusal()
    {
        var report = (await new ImportDriver().RunAsync([("modele-import.xlsx", ImportTemplates.Workbook())])).Value.ShouldNotBeNull();

        report.Lines.Where(l => l.Code is not ("file-ignored" or "serial-dates")).ShouldBeEmpty();
        report.Lines.ShouldContain(l => l.Code == "file-ignored" && l.Text.Contains("Lisez-moi", StringComparison.Ordinal));
        (report.Actions.Created, report.Trainers.Created, report.Learners.Created, report.Planning.Created).ShouldBe((1, 1, 1, 2));
    }

    [Fact]
    public void Each_table_has_its_columns_and_lists_of_what_the_others_name()
    {
        using var zip = new ZipArchive(new MemoryStream(ImportTemplates.Workbook()));
        Read("xl/workbook.xml").Descendants(Main + "sheet").Select(s => (string)s.Attribute("name")!)
            .ShouldBe(["Lisez-moi", "actions", "formateurs", "stagiaires", "planning"]);
        foreach (var entry in zip.Entries)
        {
            Read(entry.FullName).Root.ShouldNotBeNull();
        }

        Lists(5).ShouldBe([("B2:B5000", "actions!$A$2:$A$5000"), ("I2:I5000", "formateurs!$A$2:$A$5000"), ("M2:M5000", "\"P,D,E\"")]);
        Lists(4).Select(l => l.Choices).ShouldContain("\"fr,de,en,es,it,pt\"");
        var explained = string.Join('\n', Read("xl/worksheets/sheet1.xml").Descendants(Main + "t").Select(t => t.Value));
        explained.ShouldContain("- planning : seance_ref*, action_ref*, date*");
        explained.ShouldContain("Une séance signée, un mois transmis à la Région");

        IEnumerable<(string Cells, string Choices)> Lists(int sheet) => Read($"xl/worksheets/sheet{sheet}.xml")
            .Descendants(Main + "dataValidation")
            .Select(v => ((string)v.Attribute("sqref")!, v.Element(Main + "formula1")!.Value));

        XDocument Read(string name)
        {
            using var content = zip.GetEntry(name)!.Open();
            return XDocument.Load(content);
        }
    }

    [Fact]
    public void It_is_the_same_to_the_byte_each_time() => ImportTemplates.Workbook().ShouldBe(ImportTemplates.Workbook());
}
