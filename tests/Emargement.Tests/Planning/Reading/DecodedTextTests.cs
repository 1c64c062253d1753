using System.Text;
using CsCheck;
using Emargement.Functions.Planning.Reading;

namespace Emargement.Tests.Planning.Reading;

/// <summary>Bytes become characters a line at a time.</summary>
public sealed class DecodedTextTests
{
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly Encoding Macintosh = CodePagesEncodingProvider.Instance.GetEncoding(10000)!;
    private static readonly Encoding Dos = CodePagesEncodingProvider.Instance.GetEncoding(850)!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("windows-1252")]
    [InlineData("macintosh")]
    [InlineData("ibm850")]
    public async Task French_reads_back_from_every_encoding(string encoding)
    {
        const string Text = "nom;prénom\r\nLefèvre;Zoé\r\nN'Guessan;Élodie\r\nÇa;où « très » fête naïve à Noël\r\n";

        var (name, read, repairs) = await ReadAsync(Encode(encoding, Text));

        (name, read).ShouldBe((encoding, Text));
        repairs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wide_text_without_a_mark_is_recognised() =>
        (await ReadAsync(Encoding.Unicode.GetBytes("formateur_ref;nom;prenom\nF1;Été;Zoé\n"))).Text.ShouldEndWith("F1;Été;Zoé\n");

    [Theory]
    [InlineData("Ã©tÃ©", "été")]
    [InlineData("NoÃ«l Ã\u00A0 Sète", "Noël à Sète")]
    [InlineData("Ã‰lodie", "Élodie")]
    [InlineData("lâ€™Ã©tÃ©", "l’été")]
    [InlineData("ÃƒÂ©", "é")]
    [InlineData("√©t√©", "été")]
    [InlineData("Å“uvre", "œuvre")]
    [InlineData("MÃ¼ller", "Müller")]
    [InlineData("ÄŸ", "ğ")]
    [InlineData("Ø§Ù„", "ال")]
    public void Text_encoded_twice_is_repaired(string twice, string meant) => DoubleEncoding.Repair(twice).ShouldBe(meant);

    [Theory]
    [InlineData("Lefèvre Zoé")]
    [InlineData("« CAFÉ »")]
    [InlineData("CAFÉ\u00A0»")]
    [InlineData("SÃO JOÃO")]
    [InlineData("Âge ÂME")]
    [InlineData("n°\u00A03 – 5€ • Ça")]
    [InlineData("Ålesund, Ørsted, Łódź, Žižek")]
    [InlineData("Œuvre à l’hôtel")]
    [InlineData("王小明 السيني ლომიძე")]
    [InlineData("racine √2")]
    public void What_people_write_is_left_alone(string text) => DoubleEncoding.Repair(text).ShouldBe(text);

    [Fact]
    public async Task A_file_that_was_put_together_of_two_encodings_is_read_line_by_line()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("a;Zoé\n"), .. Windows.GetBytes("b;Hôtel\nc;Été\nd;où\n")];

        var (name, text, repairs) = await ReadAsync(bytes);

        (name, text).ShouldBe(("windows-1252", "a;Zoé\nb;Hôtel\nc;Été\nd;où\n"));
        repairs.ShouldBe(["Zoé"]);
    }

    [Fact]
    public async Task A_byte_that_fits_no_reading_is_unreadable_and_nothing_else_is()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("é;été\nLef"), 0x81, .. Encoding.UTF8.GetBytes("vre;ok\nça;là\n")];

        (await ReadAsync(bytes)).Text.ShouldBe("é;été\nLef\uFFFDvre;ok\nça;là\n");
    }

    [Fact]
    public async Task Text_of_yet_another_encoding_is_never_taken_for_letters()
    {
        var latin9 = CodePagesEncodingProvider.Instance.GetEncoding(28605)!;

        (await ReadAsync(latin9.GetBytes("Hélène;Lebœuf\n"))).Text.ShouldBe("Hélène;Leb\uFFFDuf\n");
    }

    [Fact]
    public void One_foreign_byte_anywhere_changes_no_other_line() => Gen.Select(Gen.Int[0, 9], Gen.Byte[0x80, 0xFF]).Sample((at, foreign) =>
    {
        var lines = Enumerable.Range(0, 10).Select(i => Encoding.UTF8.GetBytes($"S{i};Zoé {i};été\n")).ToArray();
        lines[at] = [.. Encoding.UTF8.GetBytes($"S{at};x"), foreign, .. Encoding.UTF8.GetBytes("y;été\n")];

        var read = ReadAsync([.. lines.SelectMany(l => l)]).GetAwaiter().GetResult().Text.Split('\n');

        for (var i = 0; i < 10; i++)
        {
            read[i].ShouldStartWith(i == at ? $"S{i};x" : $"S{i};Zoé {i};été");
        }
    }, iter: 50);

    [Theory]
    [InlineData("a\nb\n", 2)]
    [InlineData("a\r\nb\r\n", 2)]
    [InlineData("a\rb\r", 2)]
    [InlineData("a\n\n\nb", 4)]
    [InlineData("", 0)]
    public async Task Lines_end_as_each_system_ends_them(string text, int lines)
    {
        using var file = await SpoolAsync(Encoding.UTF8.GetBytes(text));
        using var reader = DecodedText.Of(file)!.Open();
        var count = 0;
        while (reader.NextLine() is not null)
        {
            count++;
        }

        count.ShouldBe(lines);
    }

    private static byte[] Encode(string encoding, string text) => encoding switch
    {
        "utf-8" => Encoding.UTF8.GetBytes(text),
        "utf-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)],
        "macintosh" => Macintosh.GetBytes(text),
        "ibm850" => Dos.GetBytes(text),
        _ => Windows.GetBytes(text),
    };

    private static async Task<(string Name, string Text, IReadOnlyList<string> Repairs)> ReadAsync(byte[] bytes)
    {
        using var file = await SpoolAsync(bytes);
        var text = DecodedText.Of(file)!;
        using var reader = text.Open();
        var read = await reader.ReadToEndAsync(Cancellation);
        return (text.Name, read, reader.TakeRepairs(1, 1000));
    }

    private static async Task<SpooledFile> SpoolAsync(byte[] bytes) =>
        (await SpooledFile.ReceiveAsync("x.csv", new MemoryStream(bytes), new ByteBudget(ByteBudget.Limit), Cancellation)).Value!;
}
