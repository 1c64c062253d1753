using System.Globalization;
using System.Text;
using CsCheck;
using Emargement.Functions.Sealing.Seal;
using Emargement.Functions.Sheets;
using Emargement.Tests.Sheets;

namespace Emargement.Tests.Sealing;

/// <summary>Files and titles that are made to mislead a verification, or to tire it.</summary>
public sealed class HostilePdfTests
{
    private static readonly string[] Starts =
    [
        "", "%PDF-1.7\n", "%PDF-1.7\nstartxref\n9\n", "%PDF-1.7\n/ByteRange [0 60 70 9] /Contents <00",
    ];

    private static readonly string[] Nasty =
    [
        "/Encrypt 1 0 R", "/Encrypt<<", "/ByteRange [0 1 2 3]", "/Contents <", "startxref\n1\n%%EOF", "endobj", "endstream", "trailer <<",
        "stream\n", "1 0 obj", "محمد", "\u202Eيلع", "李小龙", "გიორგი", "Հայկ", "प्रिया", "אסתר", "\u200B", "]]>",
        "<?xpacket end=\"r\"?>", "&", "\0", "\uFEFF", "\uFFFE",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Anything_can_be_given_to_it()
    {
        using var seal = SealCertificates.Ours();

        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[0, 3].Select(i => Starts[i])).Sample(
            (bytes, start) => !Seals.IsIntact(seal, [.. Encoding.ASCII.GetBytes(start), .. bytes]));
    }

    /// <summary>Words that mean something in a PDF mean nothing in a title, which its metadata hold as they are.</summary>
    [Theory]
    [InlineData("Habilitation /Encrypt 12 0 R")]
    [InlineData("/Encrypt << /Filter /Standard >>")]
    [InlineData("/ByteRange [0 10 20 30] /Contents <00>")]
    [InlineData("1 0 obj << /ByteRange [0 10 20 30] >> endobj")]
    [InlineData("startxref 9 %%EOF")]
    [InlineData("endstream endobj trailer << /Encrypt 1 0 R /Root 1 0 R >> startxref 0 %%EOF")]
    public async Task A_title_never_changes_what_a_sheet_is(string title)
    {
        using var seal = SealCertificates.Elliptic();
        var content = SheetContents.With(2);
        var sheet = SheetPdf.Write(content with
        {
            Training = content.Training with { Title = title },
            Organisation = content.Organisation with { Name = title },
        });

        Seals.IsIntact(seal, (await Seals.SealAsync(seal, sheet, null, Cancellation)).Bytes).ShouldBeTrue();
    }

    [Fact]
    public void Every_sheet_that_is_sealed_verifies_whatever_its_title_and_its_names()
    {
        using var seal = SealCertificates.Elliptic();
        var word = Gen.OneOf(Gen.Int[0, Nasty.Length - 1].Select(index => Nasty[index]), Gen.String[0, 12]);
        var text = word.Array[0, 4].Select(words => string.Join(' ', words));

        Gen.Select(text, text, text).Sample(
            (title, name, organisation) =>
            {
                var content = SheetContents.With(1);
                var sheet = SheetPdf.Write(content with
                {
                    Training = content.Training with { Title = title },
                    Organisation = content.Organisation with { Name = organisation },
                    Lines = [content.Lines[0] with { Name = name, Signature = new(SheetContents.At(9, 0, 0), null, null, name) }],
                });
                return Seals.IsIntact(seal, Seals.SealAsync(seal, sheet, null, Cancellation).GetAwaiter().GetResult().Bytes);
            },
            iter: 300);
    }

    /// <summary>Files made to tire whoever follows them.</summary>
    [Theory]
    [InlineData("sections that contain one another")]
    [InlineData("a stream that inflates without end")]
    [InlineData("more objects than a file has")]
    [InlineData("a dictionary in a dictionary in a dictionary")]
    public void A_file_made_to_tire_it_is_given_up_at_once(string how)
    {
        using var seal = SealCertificates.Elliptic();
        var pdf = Encoding.Latin1.GetBytes("%PDF-1.7\n" + how switch
        {
            "sections that contain one another" => Sections(3_000),
            "a stream that inflates without end" => Inflating(),
            "more objects than a file has" =>
                "xref\n0 2000000\n" + string.Concat(Enumerable.Repeat("9 0 n\n", 2_000_000)) + "trailer <</Size 1>>\nstartxref\n9\n",
            _ => "1 0 obj " + string.Concat(Enumerable.Repeat("<</A", 1_000_000)) + " /ByteRange [0 1 2 3]\nstartxref\n9\n",
        });
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        new PdfVerifier(seal).Verify(pdf).IsOk.ShouldBeTrue();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3), how);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(150L * 1024 * 1024, how);
    }

    /// <summary>Trailers inside of trailers, each the one before of the next.</summary>
    private static string Sections(int count)
    {
        var text = new StringBuilder();
        var offsets = new List<int>();
        for (var i = 0; i < count; i++)
        {
            offsets.Add(9 + text.Length);
            var before = i == 0 ? 0 : offsets[i - 1];
            text.Append(CultureInfo.InvariantCulture, $"xref\n0 0\ntrailer <</Size 1 /Prev {before:D9} /A ({new string('x', 6_000)})>>\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"startxref\n{offsets[^1]}\n").ToString();
    }

    private static string Inflating()
    {
        using var target = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(target, System.IO.Compression.CompressionLevel.SmallestSize))
        {
            zlib.Write(new byte[200 * 1024 * 1024]);
        }

        var data = Encoding.Latin1.GetString(target.ToArray());
        var dictionary = $"<</Type /XRef /Size 9 /W [1 1 1] /Filter /FlateDecode /Length {data.Length}>>";
        return $"1 0 obj {dictionary} stream\n{data}\nendstream endobj\nstartxref\n9\n";
    }
}
