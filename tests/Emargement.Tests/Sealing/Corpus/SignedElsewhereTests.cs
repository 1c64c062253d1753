using System.Globalization;
using System.Text;

namespace Emargement.Tests.Sealing.Corpus;

/// <summary>Files that somebody signed with other tools before they came to us: that signature stays what it was.</summary>
public sealed class SignedElsewhereTests
{
    private const int Room = 4096;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_earlier_signature_made_by_openssl_holds_under_our_seal()
    {
        using var seal = SealCertificates.Elliptic();
        using var folder = new Folder();
        var signed = Signed(folder);
        Seals.Verify(seal, signed).ShouldHaveSingleItem().Problem.ShouldBeNull();

        var both = (await Seals.SealAsync(seal, signed, null, Cancellation)).Bytes;

        Seals.Verify(seal, both).Select(s => (s.Problem, s.Ours, s.CoversWholeFile)).ShouldBe([(null, false, false), (null, true, true)]);
        var path = folder.Write("both.pdf", both);
        Tool.Run("qpdf", "--check", path).Code.ShouldBe(0);
        Tool.Run("pdfsig", "-nocert", path).Text.Split("Signature is Valid.").Length.ShouldBe(3);
        Openssl(folder, both[..signed.Length], Path.Combine(folder.Path, "certificate.pem"));
        Openssl(folder, both, folder.Write("seal.pem", Encoding.ASCII.GetBytes(seal.Certificate.ExportCertificatePem())));

        // Its own signature over other bytes is no longer one.
        var changed = (byte[])both.Clone();
        changed[changed.AsSpan().IndexOf("(Convention)"u8) + 1] = (byte)'X';
        Seals.Verify(seal, changed).ShouldAllBe(signature => signature.Problem == "digest-wrong");
    }

    private static void Openssl(Folder folder, byte[] pdf, string authority)
    {
        var (signature, content) = Seals.Split(pdf);
        var (code, _, error) = Tool.Run(
            "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", folder.Write("signature", signature), "-content",
            folder.Write("content", content), "-CAfile", authority, "-purpose", "any", "-out", "/dev/null");
        code.ShouldBe(0, error);
    }

    /// <summary>By hand and by openssl: a form of its own object, a visible field, one signature.</summary>
    private static byte[] Signed(Folder folder)
    {
        var gap = "<" + new string('0', 2 * Room) + ">";
        var pdf = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        foreach (var body in (string[])
        [
            "<< /Type /Catalog /Pages 2 0 R /AcroForm 4 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Annots [5 0 R] >>",
            "<< /SigFlags 3 /Fields [5 0 R] >>",
            "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Convention) /F 132 /Rect [0 0 0 0] /P 3 0 R /V 6 0 R >>",
            "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 111111 222222 333333] "
                + $"/Contents {gap} >>",
        ])
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{body}\nendobj\n");
        }

        var table = pdf.Length;
        pdf.Append("xref\n0 7\n0000000000 65535 f \n");
        offsets.ForEach(offset => pdf.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        var text = pdf.ToString();
        var from = text.IndexOf(gap, StringComparison.Ordinal);
        var after = from + gap.Length;
        text = text.Replace("111111", $"{from,6}", StringComparison.Ordinal).Replace("222222", $"{after,6}", StringComparison.Ordinal)
            .Replace("333333", $"{text.Length - after,6}", StringComparison.Ordinal);
        var (key, certificate) = (Path.Combine(folder.Path, "key.pem"), Path.Combine(folder.Path, "certificate.pem"));
        Tool.Run(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            "/CN=Un autre outil", "-keyout", key, "-out", certificate).Code.ShouldBe(0);
        var signature = Path.Combine(folder.Path, "signature.der");
        Tool.Run(
            "openssl", "cms", "-sign", "-cades", "-binary", "-md", "sha256", "-signer", certificate, "-inkey", key, "-outform", "DER",
            "-in", folder.Write("covered", Encoding.Latin1.GetBytes(text[..from] + text[after..])), "-out", signature).Code.ShouldBe(0);
        var digits = Convert.ToHexString(File.ReadAllBytes(signature));
        return Encoding.Latin1.GetBytes($"{text[..(from + 1)]}{digits}{text[(from + 1 + digits.Length)..]}");
    }
}
