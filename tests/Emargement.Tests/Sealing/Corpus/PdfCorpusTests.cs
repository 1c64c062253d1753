using System.Text;
using Emargement.Functions.Sealing.Pdf;
using Emargement.Functions.Sealing.Seal;
using Emargement.Functions.Sealing.Structure;

namespace Emargement.Tests.Sealing.Corpus;

/// <summary>Files as other programs write them, and broken ones: sealed without a harm to what they were, or refused.</summary>
public sealed class PdfCorpusTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_file_is_sealed_and_what_stood_in_an_object_of_its_own_stays_there()
    {
        using var seal = SealCertificates.Elliptic();
        foreach (var file in CorpusFile.All())
        {
            var pdf = file.Write();

            var twice = await Twice(seal, pdf);

            twice.AsSpan().StartsWith(pdf).ShouldBeTrue(file.ToString());
            Seals.Verify(seal, twice).Select(signature => signature.Problem).ShouldBe([null, null], file.ToString());
            Seals.IsIntact(seal, twice).ShouldBeTrue(file.ToString());
            var (before, after) = (new PdfFile(pdf), new PdfFile(twice));
            Kept(after.Dictionary(1)["AcroForm"], file.Form, "5").ShouldBeTrue(file.ToString());
            Kept(after.Dictionary(3)["Annots"], file.Annotations, "7").ShouldBeTrue(file.ToString());
            string[] added = file.Form == Stands.Nowhere ? ["Sceau 1", "Sceau 2"] : ["Sceau 2", "Sceau 3"];
            Names(after).ShouldBe([.. Names(before), .. added]);
        }
    }

    [Fact]
    public async Task Qpdf_finds_no_fault_in_any_way_of_referring_and_pdfsig_both_seals()
    {
        using var seal = SealCertificates.Elliptic();
        using var folder = new Folder();
        foreach (var references in Enum.GetValues<References>())
        {
            var file = new CorpusFile(references, Stands.WithItsArrayOnItsOwn, Stands.OnItsOwn, "(Sceau 1)");
            Tool.Run("qpdf", "--check", folder.Write("before.pdf", file.Write())).Code.ShouldBe(0, $"the corpus's own {references}");
            var path = folder.Write("after.pdf", await Twice(seal, file.Write()));

            var (code, text, error) = Tool.Run("qpdf", "--check", path);

            code.ShouldBe(0, $"{references}: {text} {error}");
            if (references is References.Generations or References.Mixed or References.HiddenAsFree)
            {
                Tool.Run("pdfsig", "-nocert", path).Text.Split("Signature is Valid.").Length.ShouldBe(3, references.ToString());
            }
        }
    }

    [Fact]
    public async Task A_broken_file_is_refused_or_sealed_so_that_the_seal_holds()
    {
        using var seal = SealCertificates.Elliptic();
        var (refused, held) = (0, 0);
        foreach (var (how, pdf) in BrokenFile.All())
        {
            Seals.IsIntact(seal, pdf).ShouldBeFalse(how);
            try
            {
                var bytes = (await Seals.SealAsync(seal, pdf, null, Cancellation)).Bytes;
                Seals.IsIntact(seal, bytes).ShouldBeTrue(how);
                held++;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(60);
        (refused + held).ShouldBeGreaterThan(100, "with those of one page and its form, over 200");
    }

    /// <summary>The length of a stream is in the stream itself: following it once more each time would end the process.</summary>
    [Fact]
    public void A_length_inside_of_its_own_stream_is_not_followed()
    {
        using var seal = SealCertificates.Elliptic();
        // The later section says that object 5 is packed in 6, and the one before has it as its own length.
        var earlier = "6 0 obj <</Type /XRef /W [1 2 1] /Size 9 /Length 5 0 R>> stream\n";
        var head = "%PDF-1.7\n" + earlier + new string(' ', 2_000_000);
        var row = "\u0002\0\u0006\0\u0001\0\u0009\0";
        var entries = $"/Type /XRef /W [1 2 1] /Index [5 2] /Size 9 /Prev 9 /Length {row.Length}";
        var later = $"7 0 obj <<{entries}>> stream\n{row}\nendstream endobj\n";

        var pdf = Encoding.Latin1.GetBytes(head + later + $"startxref\n{head.Length}\n%%EOF\n");

        new PdfVerifier(seal).Verify(pdf).Value!.Signatures.ShouldBeEmpty();
        Should.Throw<InvalidDataException>(() => new PdfFile(pdf));
    }

    [Theory]
    [InlineData("/Typ#65", "Type")]
    [InlineData("/#4A#61v#61Script", "JavaScript")]
    [InlineData("/A#2FB", "A/B")]
    [InlineData("/A#G1", "A#G1")]
    public void A_name_is_read_without_its_escapes(string written, string name)
    {
        var dictionary = PdfDictionary.Read($"<< {written} 1 >>");

        dictionary[name].ShouldBe("1");
        PdfDictionary.Read(dictionary.ToString())[name].ShouldBe("1");
    }

    private static async Task<byte[]> Twice(SealCertificate seal, byte[] pdf) =>
        (await Seals.SealAsync(seal, (await Seals.SealAsync(seal, pdf, null, Cancellation)).Bytes, null, Cancellation)).Bytes;

    private static bool Kept(string? value, Stands stood, string number) =>
        stood is Stands.OnItsOwn or Stands.WithItsArrayOnItsOwn
            ? value!.StartsWith(number + " ", StringComparison.Ordinal)
            : !value!.EndsWith('R');

    private static List<string> Names(PdfFile file)
    {
        if (file.Resolve(file.Dictionary(1)["AcroForm"]) is not { } form)
        {
            return [];
        }

        var fields = PdfSyntax.Elements(file.Resolve(PdfDictionary.Read(form)["Fields"])!);
        return [.. fields.Select(field => PdfText.Decode(PdfDictionary.Read(file.Resolve(field)!)["T"])!)];
    }
}
