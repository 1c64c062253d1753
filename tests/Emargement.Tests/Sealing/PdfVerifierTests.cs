using System.Globalization;
using System.Text;
using CsCheck;
using Emargement.Functions.Sealing.Pdf;
using Emargement.Functions.Sealing.Seal;
using Emargement.Functions.Sheets;
using Emargement.Tests.Sheets;

namespace Emargement.Tests.Sealing;

public sealed class PdfVerifierTests
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
    public async Task A_sealed_sheet_is_valid_and_says_by_whom_when_and_at_which_level()
    {
        using var seal = SealCertificates.Ours();
        var pdf = (await Seals.SealAsync(seal, SheetPdf.Write(SheetContents.With(14)), null, Cancellation)).Bytes;

        var signature = Verify(seal, pdf).ShouldHaveSingleItem();
        signature.Problem.ShouldBeNull();
        signature.CoversWholeFile.ShouldBeTrue();
        signature.BytesAfter.ShouldBe(0);
        signature.Signer.ShouldBe("Sceau de GRETA du Lauragais");
        signature.Thumbprint.ShouldBe(seal.Thumbprint);
        signature.Ours.ShouldBeTrue();
        signature.ClaimedAt.ShouldBe(SealCertificates.Now);
        signature.Level.ShouldBe("B-B");
        signature.TimestampedAt.ShouldBeNull();
        signature.Contact.ShouldBe("https://emargement.example/v/7K4MQ2TX9RWB");
    }

    [Fact]
    public async Task A_timestamp_says_the_authoritys_time_and_name()
    {
        await using var authority = await LocalAuthority.StartAsync();
        authority.Now = SealCertificates.Now.AddSeconds(3);
        using var seal = SealCertificates.Elliptic();
        var pdf = (await Seals.SealAsync(seal, Tiny(), authority.Address, Cancellation)).Bytes;

        var signature = Verify(seal, pdf).ShouldHaveSingleItem();
        signature.Problem.ShouldBeNull();
        signature.Level.ShouldBe("B-T");
        signature.TimestampedAt.ShouldBe(SealCertificates.Now.AddSeconds(3));
        signature.TimestampAuthority.ShouldBe(LocalAuthority.Name);
    }

    [Fact]
    public async Task A_seal_of_another_is_valid_and_not_ours()
    {
        using var ours = SealCertificates.Ours();
        using var another = SealCertificates.Elliptic();
        var pdf = (await Seals.SealAsync(another, Tiny(), null, Cancellation)).Bytes;

        var signature = Verify(ours, pdf).ShouldHaveSingleItem();
        signature.Valid.ShouldBeTrue();
        signature.Ours.ShouldBeFalse();
    }

    [Fact]
    public async Task Two_signatures_are_both_valid_and_only_the_last_covers_the_whole()
    {
        using var ours = SealCertificates.Ours();
        using var another = SealCertificates.Elliptic();
        var once = (await Seals.SealAsync(ours, Tiny(), null, Cancellation)).Bytes;
        var twice = (await Seals.SealAsync(another, once, null, Cancellation)).Bytes;

        var signatures = Verify(ours, twice);
        signatures.Select(signature => signature.Valid).ShouldBe([true, true]);
        signatures.Select(signature => signature.CoversWholeFile).ShouldBe([false, true]);
        signatures[0].BytesAfter.ShouldBe(twice.Length - once.Length);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("7 0 obj\n<< /Type /Page >>\nendobj\n")]
    public async Task Bytes_added_after_the_seal_are_counted(string added)
    {
        using var seal = SealCertificates.Ours();
        var pdf = (await Seals.SealAsync(seal, Tiny(), null, Cancellation)).Bytes;

        var signature = Verify(seal, [.. pdf, .. Encoding.ASCII.GetBytes(added)]).ShouldHaveSingleItem();
        signature.Valid.ShouldBeTrue();
        signature.CoversWholeFile.ShouldBeFalse();
        signature.BytesAfter.ShouldBe(added.Length);
    }

    [Theory]
    [InlineData(false, 0x01)]
    [InlineData(false, 0x20)]
    [InlineData(false, 0x80)]
    [InlineData(true, 0x01)]
    [InlineData(true, 0x20)]
    public async Task One_flipped_byte_is_found_wherever_it_stands(bool timestamped, byte mask)
    {
        await using var authority = await LocalAuthority.StartAsync();
        using var seal = SealCertificates.Elliptic();
        var pdf = (await Seals.SealAsync(seal, Tiny(), timestamped ? authority.Address : null, Cancellation)).Bytes;
        IsIntact(seal, pdf).ShouldBeTrue();

        var missed = new List<int>();
        for (var at = 0; at < pdf.Length; at++)
        {
            pdf[at] ^= mask;
            if (IsIntact(seal, pdf))
            {
                missed.Add(at);
            }

            pdf[at] ^= mask;
        }

        missed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Any_change_of_a_large_sheet_is_found()
    {
        await using var authority = await LocalAuthority.StartAsync();
        using var seal = SealCertificates.Ours();
        var pdf = (await Seals.SealAsync(seal, SheetPdf.Write(SheetContents.With(46)), authority.Address, Cancellation)).Bytes;

        Gen.Select(Gen.Int[0, pdf.Length - 1], Gen.Byte[1, 255]).Sample(
            (at, mask) =>
            {
                var copy = (byte[])pdf.Clone();
                copy[at] ^= mask;
                return !IsIntact(seal, copy);
            },
            iter: 2000);
    }

    [Fact]
    public void Anything_can_be_given_to_it()
    {
        using var seal = SealCertificates.Ours();

        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[0, 3].Select(i => Starts[i])).Sample(
            (bytes, start) => !IsIntact(seal, [.. Encoding.ASCII.GetBytes(start), .. bytes]));
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

        IsIntact(seal, (await Seals.SealAsync(seal, sheet, null, Cancellation)).Bytes).ShouldBeTrue();
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
                return IsIntact(seal, Seals.SealAsync(seal, sheet, null, Cancellation).GetAwaiter().GetResult().Bytes);
            },
            iter: 300);
    }

    [Fact]
    public async Task A_signature_that_only_a_later_update_hides_is_still_found()
    {
        using var seal = SealCertificates.Elliptic();
        var pdf = (await Seals.SealAsync(seal, Tiny(), null, Cancellation)).Bytes;
        var structure = new PdfFile(pdf);
        var update = new PdfUpdate(pdf, structure);
        var catalog = structure.Trailer.Reference("Root")!.Value;
        update.Set(catalog, "<< /Type /Catalog /Pages 1 0 R >>");

        var signature = Verify(seal, update.Write(catalog).File).ShouldHaveSingleItem();

        (signature.Valid, signature.CoversWholeFile).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_damaged_structure_is_said_and_nothing_in_it_is_valid()
    {
        using var seal = SealCertificates.Elliptic();
        var pdf = (await Seals.SealAsync(seal, Tiny(), null, Cancellation)).Bytes;
        "startxxxx"u8.CopyTo(pdf.AsSpan(pdf.AsSpan().LastIndexOf("startxref"u8)));
        "startxxxx"u8.CopyTo(pdf.AsSpan(pdf.AsSpan().LastIndexOf("startxref"u8)));

        var signature = Verify(seal, pdf).ShouldHaveSingleItem();

        (signature.Valid, signature.Ours).ShouldBe((false, true));
        signature.Contact.ShouldBe("https://emargement.example/v/7K4MQ2TX9RWB", "the verdict still says which sheet it was");
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

    [Fact]
    public void A_file_without_signature_has_none()
    {
        using var seal = SealCertificates.Ours();

        Verify(seal, SheetPdf.Write(SheetContents.With(1))).ShouldBeEmpty();
    }

    [Fact]
    public void What_it_cannot_check_is_refused_with_the_reason()
    {
        using var seal = SealCertificates.Ours();
        using var folder = new Folder();
        var encrypted = Path.Combine(folder.Path, "encrypted.pdf");
        Tool.Run("qpdf", "--encrypt", "secret", "secret", "256", "--", folder.Write("sheet.pdf", Tiny()), encrypted).Code.ShouldBe(0);
        var verifier = new PdfVerifier(seal);

        verifier.Verify("<html>"u8.ToArray()).Refusal!.Code.ShouldBe("not-a-pdf");
        verifier.Verify(Array.Empty<byte>()).Refusal!.Code.ShouldBe("not-a-pdf");
        verifier.Verify(new byte[PdfVerifier.LargestFile + 1]).Refusal!.Code.ShouldBe("body-too-large");
        verifier.Verify(File.ReadAllBytes(encrypted)).Refusal!.Code.ShouldBe("pdf-encrypted");
        var signatures = string.Concat(Enumerable.Repeat("/ByteRange [0 1 9 9]", 21));
        verifier.Verify(Encoding.ASCII.GetBytes("%PDF-1.7\n" + signatures)).Refusal!.Code.ShouldBe("pdf-too-complex");
    }

    private static IReadOnlyList<SignatureReport> Verify(SealCertificate seal, byte[] pdf) =>
        new PdfVerifier(seal).Verify(pdf).Value!.Signatures;

    /// <summary>What « intact » means: one of ours, valid, and nothing outside it.</summary>
    private static bool IsIntact(SealCertificate seal, byte[] pdf) =>
        new PdfVerifier(seal).Verify(pdf) is { IsOk: true } result
        && result.Value.Signatures.Any(signature => signature is { Valid: true, CoversWholeFile: true, Ours: true, Level: "B-B" or "B-T" });

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

    /// <summary>A page with nothing on it: small enough to change every byte of it.</summary>
    private static byte[] Tiny()
    {
        var objects = new PdfObjects();
        var tree = objects.Reserve();
        var page = objects.Add($"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 842 595] /Resources << >> >>");
        objects.Set(tree, $"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>");
        return objects.Write(objects.Add($"<< /Type /Catalog /Pages {tree} 0 R >>"), objects.Add("<< /Producer (Emargement) >>"));
    }
}
