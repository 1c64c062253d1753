using System.Text;
using CsCheck;
using Emargement.Functions.Sealing.Seal;
using Emargement.Functions.Sealing.Structure;
using Emargement.Functions.Sheets;
using Emargement.Tests.Sheets;

namespace Emargement.Tests.Sealing;

public sealed class PdfVerifierTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sealed_sheet_is_valid_and_says_by_whom_when_and_at_which_level()
    {
        using var seal = SealCertificates.Ours();
        var pdf = (await Seals.SealAsync(seal, SheetPdf.Write(SheetContents.With(14)), null, Cancellation)).Bytes;

        var signature = Seals.Verify(seal, pdf).ShouldHaveSingleItem();
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
        var pdf = (await Seals.SealAsync(seal, Seals.Tiny(), authority.Address, Cancellation)).Bytes;

        var signature = Seals.Verify(seal, pdf).ShouldHaveSingleItem();
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
        var pdf = (await Seals.SealAsync(another, Seals.Tiny(), null, Cancellation)).Bytes;

        var signature = Seals.Verify(ours, pdf).ShouldHaveSingleItem();
        signature.Valid.ShouldBeTrue();
        signature.Ours.ShouldBeFalse();
    }

    [Fact]
    public async Task Two_signatures_are_both_valid_and_only_the_last_covers_the_whole()
    {
        using var ours = SealCertificates.Ours();
        using var another = SealCertificates.Elliptic();
        var once = (await Seals.SealAsync(ours, Seals.Tiny(), null, Cancellation)).Bytes;
        var twice = (await Seals.SealAsync(another, once, null, Cancellation)).Bytes;

        var signatures = Seals.Verify(ours, twice);
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
        var pdf = (await Seals.SealAsync(seal, Seals.Tiny(), null, Cancellation)).Bytes;

        var signature = Seals.Verify(seal, [.. pdf, .. Encoding.ASCII.GetBytes(added)]).ShouldHaveSingleItem();
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
        var pdf = (await Seals.SealAsync(seal, Seals.Tiny(), timestamped ? authority.Address : null, Cancellation)).Bytes;
        Seals.IsIntact(seal, pdf).ShouldBeTrue();

        var missed = new List<int>();
        for (var at = 0; at < pdf.Length; at++)
        {
            pdf[at] ^= mask;
            if (Seals.IsIntact(seal, pdf))
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
                return !Seals.IsIntact(seal, copy);
            },
            iter: 2000);
    }

    [Fact]
    public async Task A_signature_that_only_a_later_update_hides_is_still_found()
    {
        using var seal = SealCertificates.Elliptic();
        var pdf = (await Seals.SealAsync(seal, Seals.Tiny(), null, Cancellation)).Bytes;
        var structure = new PdfFile(pdf);
        var update = new PdfUpdate(pdf, structure);
        var catalog = structure.Trailer.Reference("Root")!.Value;
        update.Set(catalog, "<< /Type /Catalog /Pages 1 0 R >>");

        var signature = Seals.Verify(seal, update.Write(catalog).File).ShouldHaveSingleItem();

        (signature.Valid, signature.CoversWholeFile).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_damaged_structure_is_said_and_nothing_in_it_is_valid()
    {
        using var seal = SealCertificates.Elliptic();
        var pdf = (await Seals.SealAsync(seal, Seals.Tiny(), null, Cancellation)).Bytes;
        "startxxxx"u8.CopyTo(pdf.AsSpan(pdf.AsSpan().LastIndexOf("startxref"u8)));
        "startxxxx"u8.CopyTo(pdf.AsSpan(pdf.AsSpan().LastIndexOf("startxref"u8)));

        var signature = Seals.Verify(seal, pdf).ShouldHaveSingleItem();

        (signature.Valid, signature.Ours).ShouldBe((false, true));
        signature.Contact.ShouldBe("https://emargement.example/v/7K4MQ2TX9RWB", "the verdict still says which sheet it was");
    }

    [Fact]
    public void A_file_without_signature_has_none()
    {
        using var seal = SealCertificates.Ours();

        Seals.Verify(seal, SheetPdf.Write(SheetContents.With(1))).ShouldBeEmpty();
    }

    [Fact]
    public void What_it_cannot_check_is_refused_with_the_reason()
    {
        using var seal = SealCertificates.Ours();
        using var folder = new Folder();
        var encrypted = Path.Combine(folder.Path, "encrypted.pdf");
        Tool.Run("qpdf", "--encrypt", "secret", "secret", "256", "--", folder.Write("sheet.pdf", Seals.Tiny()), encrypted).Code.ShouldBe(0);
        var verifier = new PdfVerifier(seal);

        verifier.Verify("<html>"u8.ToArray()).Refusal!.Code.ShouldBe("not-a-pdf");
        verifier.Verify(Array.Empty<byte>()).Refusal!.Code.ShouldBe("not-a-pdf");
        verifier.Verify(new byte[PdfVerifier.LargestFile + 1]).Refusal!.Code.ShouldBe("body-too-large");
        verifier.Verify(File.ReadAllBytes(encrypted)).Refusal!.Code.ShouldBe("pdf-encrypted");
        var signatures = string.Concat(Enumerable.Repeat("/ByteRange [0 1 9 9]", 21));
        verifier.Verify(Encoding.ASCII.GetBytes("%PDF-1.7\n" + signatures)).Refusal!.Code.ShouldBe("pdf-too-complex");
    }
}
