using System.IO.Compression;
using System.Text;

namespace Emargement.Tests.Planning.Reading;

/// <summary>Files that no import should survive are refused whole, in a sentence, with nothing written.</summary>
public sealed class BadFilesTests
{
    private const string Trainers = "formateur_ref;nom;prenom";

    private readonly ImportDriver _driver = new();

    [Fact]
    public async Task An_empty_file() => await RefusedAsync("import-file-empty", ("planning.csv", []));

    [Fact]
    public async Task A_file_of_blank_lines() => await RefusedAsync("import-file-empty", ("planning.csv", "\r\n\r\n"u8.ToArray()));

    [Fact]
    public async Task V5_2_2_A_spreadsheet_under_a_csv_name() =>
        await RefusedAsync("import-not-text", ("planning.csv", [0xD0, 0xCF, 0x11, 0xE0, 0, 0, 0]));

    [Fact]
    public async Task Documents_that_are_no_tables()
    {
        await RefusedAsync("import-not-text", ("planning.pdf", "%PDF-1.7\n1 0 obj\n"u8.ToArray()));
        await RefusedAsync("import-not-text", Zip(("xl/workbook.bin", [1, 2, 3])));
        await RefusedAsync("import-not-text", Zip(("Index/Document.iwa", [1, 2, 3])));
    }

    [Fact]
    public async Task Headings_of_something_else() =>
        await RefusedAsync("import-heading-unknown", ImportDriver.Text("x.csv", "couleur;prix", "rouge;3"));

    [Fact]
    public async Task A_required_column_that_is_missing()
    {
        var refusal = await RefusedAsync("import-column-missing", ImportDriver.Text("f.csv", "formateur_ref;prenom", "F1;Zoé"));

        refusal.Args!["columns"].ShouldBe("nom");
    }

    [Fact]
    public async Task Two_files_of_the_same_kind() => await RefusedAsync(
        "import-same-kind-twice", ImportDriver.Text("a.csv", Trainers, "F1;Un;Zoé"), ImportDriver.Text("b.csv", Trainers, "F2;Deux;Léa"));

    [Fact]
    public async Task A_quote_that_never_closes()
    {
        var refusal = await RefusedAsync(
            "import-quote-open", ImportDriver.Text("f.csv", Trainers, "F1;Un;Zoé", "F2;\"Deux;Léa", "F3;Trois;Ana"));

        refusal.Args!["line"].ShouldBe("3");
    }

    [Fact]
    public async Task V5_2_1_More_than_50_MB() => await RefusedAsync("import-too-large", ("planning.csv", new byte[51 * 1024 * 1024]));

    [Fact]
    public async Task More_than_200_000_rows()
    {
        var text = new StringBuilder(Trainers).Append('\n');
        for (var i = 0; i <= 200_000; i++)
        {
            text.Append("F;N;P\n");
        }

        await RefusedAsync("import-too-many-rows", ("f.csv", Encoding.UTF8.GetBytes(text.ToString())));
    }

    [Fact]
    public async Task Two_hundred_thousand_headings()
    {
        var refusal = await RefusedAsync(
            "import-too-many-columns",
            ("f.csv", Encoding.UTF8.GetBytes(string.Join(';', Enumerable.Range(0, 200_000).Select(i => $"c{i}")) + "\n1;2\n")));

        refusal.Args!["limit"].ShouldBe("16384");
    }

    [Fact]
    public async Task A_line_that_never_ends()
    {
        var refusal = await RefusedAsync(
            "import-line-too-long", ImportDriver.Text("f.csv", Trainers, "F1;Un;Zoé", "F2;" + new string('x', 3_000_000) + ";Léa"));

        refusal.Args!["line"].ShouldBe("3");
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>Connexion</body></html>")]
    [InlineData("\r\n<html lang=\"fr\">\r\n<head><title>Se connecter</title>")]
    [InlineData("<?xml version=\"1.0\"?>\n<!-- x --><html>")]
    [InlineData("<table><tr><td>formateur_ref;nom;prenom</td></tr></table>")]
    public async Task A_page_in_place_of_a_file(string page) =>
        await RefusedAsync("import-web-page", ImportDriver.Text("planning.csv", page));

    [Fact]
    public async Task An_archive_with_a_byte_changed_on_its_way()
    {
        var text = Encoding.UTF8.GetBytes(Trainers + "\nF1;Un;Zoe\n");
        var (name, content) = Zip(CompressionLevel.NoCompression, ("formateurs.csv", text));
        content[content.AsSpan().IndexOf("Zoe"u8)] = (byte)'L';

        await RefusedAsync("import-archive-damaged", (name, content));
    }

    [Fact]
    public async Task A_document_of_another_office_suite() =>
        await RefusedAsync(
            "import-not-text", Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"u8.ToArray()), ("content.xml", [1])));

    [Fact]
    public async Task V5_2_3_A_zip_bomb() => await RefusedAsync("import-too-large", Zip(("bomb.csv", new byte[200 * 1024 * 1024])));

    [Theory]
    [InlineData("../../etc/formateurs.csv")]
    [InlineData("/formateurs.csv")]
    [InlineData("C:/formateurs.csv")]
    [InlineData("a\\..\\..\\formateurs.csv")]
    public async Task V5_2_3_A_name_that_climbs_out_of_the_archive(string name) =>
        await RefusedAsync("import-archive-unsafe", Zip((name, Encoding.UTF8.GetBytes(Trainers + "\nF1;Un;Zoé\n"))));

    [Fact]
    public async Task An_archive_cut_in_the_middle()
    {
        var (name, content) = Zip(("formateurs.csv", Encoding.UTF8.GetBytes(Trainers + "\nF1;Un;Zoé\n")));

        await RefusedAsync("import-archive-damaged", (name, content[..(content.Length / 2)]));
    }

    [Fact]
    public async Task An_archive_without_any_csv() => await RefusedAsync("import-empty", Zip(("classeur.xlsx", [1, 2, 3])));

    [Fact]
    public async Task An_archive_with_folders_and_a_note_beside_the_files_is_read()
    {
        var report = (await _driver.RunAsync([Zip(
            ("export/", []),
            ("__MACOSX/export/._formateurs.csv", [0, 1]),
            ("export/note.pdf", [1]),
            ("export/formateurs.csv", Encoding.UTF8.GetBytes(Trainers + "\nF1;Un;Zoé\n")))])).Value!;

        report.Trainers.Created.ShouldBe(1);
        report.Files.Single().Name.ShouldBe("formateurs.csv");
        report.Lines.Single().Code.ShouldBe("file-ignored");
    }

    [Theory]
    [InlineData(',')]
    [InlineData('\t')]
    [InlineData(';')]
    public async Task Any_of_three_separators_is_found(char separator)
    {
        var report = (await _driver.RunAsync([ImportDriver.Text(
            "f.csv", Trainers.Replace(';', separator), "F1;Un;Zoé".Replace(';', separator), "", ";;".Replace(';', separator))])).Value!;

        (report.Trainers.Read, report.Trainers.Created).ShouldBe((1, 1));
    }

    private static (string Name, byte[] Content) Zip(params (string Name, byte[] Content)[] entries) =>
        Zip(CompressionLevel.Optimal, entries);

    private static (string Name, byte[] Content) Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name, level).Open();
                stream.Write(content);
            }
        }

        return ("envoi.zip", output.ToArray());
    }

    private async Task<Domain.Platform.Refusal> RefusedAsync(string code, params (string Name, byte[] Content)[] files)
    {
        var result = await _driver.RunAsync(files);

        result.Refusal.ShouldNotBeNull();
        result.Refusal.Code.ShouldBe(code);
        _driver.Calls.Count.ShouldBe(0, "nothing is read or written for a file that cannot be imported");
        return result.Refusal;
    }
}
