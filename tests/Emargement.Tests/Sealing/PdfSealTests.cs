using System.Text;
using Emargement.Functions.Sheets;
using Emargement.Tests.Sheets;

namespace Emargement.Tests.Sealing;

public sealed class PdfSealTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pdfsig_and_qpdf_find_the_sealed_sheet_sound(bool elliptic)
    {
        using var certificate = elliptic ? SealCertificates.Elliptic() : SealCertificates.Ours();
        var result = await Seals.SealAsync(certificate, Sheet(), null, Cancellation);

        result.Level.ShouldBe("B-B");
        result.TimestampFailure.ShouldBeNull();
        var report = Check(result.Bytes);
        report.ShouldContain("Signature is Valid.");
        report.ShouldContain("Total document signed");
        report.ShouldContain("ETSI.CAdES.detached");
    }

    [Fact]
    public async Task With_an_authority_the_signature_carries_its_time()
    {
        await using var authority = await LocalAuthority.StartAsync();
        using var certificate = SealCertificates.Ours();
        var result = await Seals.SealAsync(certificate, Sheet(), authority.Address, Cancellation);

        result.Level.ShouldBe("B-T");
        result.TimestampedAt.ShouldBe(SealCertificates.Now);
        result.TimestampFailure.ShouldBeNull();
        Check(result.Bytes).ShouldContain("Signature is Valid.");
    }

    [Theory]
    [InlineData(LocalAuthority.Mood.Failing, "http-503")]
    [InlineData(LocalAuthority.Mood.Garbage, "invalid-answer")]
    [InlineData(LocalAuthority.Mood.AnotherHash, "invalid-answer")]
    [InlineData(LocalAuthority.Mood.Silent, "timeout")]
    internal async Task An_authority_that_fails_gives_the_lower_level_and_the_reason(LocalAuthority.Mood mood, string failure)
    {
        await using var authority = await LocalAuthority.StartAsync();
        authority.Behaviour = mood;
        using var certificate = SealCertificates.Ours();
        var patience = mood == LocalAuthority.Mood.Silent ? TimeSpan.FromMilliseconds(300) : (TimeSpan?)null;
        var result = await Seals.SealAsync(certificate, Sheet(), authority.Address, Cancellation, patience);

        result.Level.ShouldBe("B-B");
        result.TimestampedAt.ShouldBeNull();
        result.TimestampFailure.ShouldBe(failure);
        Check(result.Bytes).ShouldContain("Signature is Valid.");
    }

    [Fact]
    public async Task An_authority_that_nobody_reaches_gives_the_lower_level()
    {
        var authority = await LocalAuthority.StartAsync();
        var address = authority.Address;
        await authority.DisposeAsync();
        using var certificate = SealCertificates.Ours();

        (await Seals.SealAsync(certificate, Sheet(), address, Cancellation)).TimestampFailure.ShouldBe("unreachable");
    }

    [Fact]
    public async Task Openssl_verifies_the_signature_taken_out_of_the_file()
    {
        using var certificate = SealCertificates.Ours();
        var sealedPdf = (await Seals.SealAsync(certificate, Sheet(), null, Cancellation)).Bytes;
        using var folder = new Folder();
        var (signature, content) = Seals.Split(sealedPdf);
        var authority = folder.Write("seal.pem", Encoding.ASCII.GetBytes(certificate.Certificate.ExportCertificatePem()));

        var (code, _, error) = Tool.Run(
            "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", folder.Write(
                "signature.der", signature), "-content", folder.Write("content", content),
            "-CAfile", authority, "-purpose", "any", "-out", "/dev/null");
        code.ShouldBe(0, error);
    }

    [Fact]
    public async Task A_second_signature_leaves_the_first_one_valid()
    {
        using var first = SealCertificates.Ours();
        using var second = SealCertificates.Elliptic();
        var once = (await Seals.SealAsync(first, Sheet(), null, Cancellation)).Bytes;
        var twice = (await Seals.SealAsync(second, once, null, Cancellation)).Bytes;

        twice.AsSpan(0, once.Length).SequenceEqual(once).ShouldBeTrue();
        var report = Check(twice);
        report.Split("Signature is Valid.").Length.ShouldBe(3);
        report.ShouldContain("Signature #2");
    }

    [Theory]
    [InlineData("--object-streams=generate")]
    [InlineData("--object-streams=disable")]
    [InlineData("--linearize")]
    public async Task A_file_whose_cross_references_are_of_any_kind_can_be_sealed_twice(string rewriting)
    {
        using var folder = new Folder();
        var rewritten = Path.Combine(folder.Path, "rewritten.pdf");
        Tool.Run("qpdf", rewriting, folder.Write("sheet.pdf", Sheet()), rewritten).Code.ShouldBe(0);
        using var certificate = SealCertificates.Ours();

        var once = (await Seals.SealAsync(certificate, await File.ReadAllBytesAsync(rewritten, Cancellation), null, Cancellation)).Bytes;
        Check(once).ShouldContain("Signature is Valid.");
        var twice = (await Seals.SealAsync(certificate, once, null, Cancellation)).Bytes;
        Check(twice).Split("Signature is Valid.").Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("not a PDF", "no header")]
    [InlineData("%PDF-1.7", "no cross-reference")]
    [InlineData("%PDF-1.7\nxref\n0 0\ntrailer\n<< /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF", "sections in a circle")]
    [InlineData("%PDF-1.7\nstartxref\n999999\n%%EOF", "a section beyond the end")]
    [InlineData(
        "%PDF-1.7\n1 0 obj << /W [0 0 0] /Index [0 2000000000] /Size 1 /Length 0 >> stream\n\nendstream\nstartxref\n9\n%%EOF",
        "entries without width, for ever")]
    public async Task What_has_no_structure_to_follow_is_refused(string pdf, string because)
    {
        using var certificate = SealCertificates.Ours();

        await Should.ThrowAsync<InvalidDataException>(
            () => Seals.SealAsync(certificate, Encoding.ASCII.GetBytes(pdf), null, Cancellation), because);
    }

    [Fact]
    public async Task A_file_nested_to_exhaust_the_stack_is_refused()
    {
        using var certificate = SealCertificates.Ours();
        var nested = "%PDF-1.7\nxref\n0 0\ntrailer\n<< /A " + new string('[', 2_000_000) + "\nstartxref\n9\n%%EOF";

        await Should.ThrowAsync<InvalidDataException>(
            () => Seals.SealAsync(certificate, Encoding.ASCII.GetBytes(nested), null, Cancellation));
    }

    private static byte[] Sheet() => SheetPdf.Write(SheetContents.With(3));

    /// <summary>The report of pdfsig, once qpdf has found the structure sound.</summary>
    private static string Check(byte[] pdf)
    {
        using var folder = new Folder();
        var file = folder.Write("sealed.pdf", pdf);
        var (code, text, error) = Tool.Run("qpdf", "--check", file);
        code.ShouldBe(0, text + error);
        return Tool.Run("pdfsig", "-nocert", file).Text;
    }
}
