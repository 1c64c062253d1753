using System.Text;
using Emargement.Functions.Sealing.Seal;

namespace Emargement.Tests.Sealing;

public sealed class CmsSealTests
{
    private static readonly byte[] Manifest = Encoding.UTF8.GetBytes("{\"mois\":\"2026-11\",\"version\":1}\n");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Openssl_verifies_the_detached_signature_and_its_bound_certificate(bool elliptic)
    {
        using var seal = elliptic ? SealCertificates.Elliptic() : SealCertificates.Ours();
        using var folder = new Folder();
        var signature = folder.Write("manifest.json.p7s", new CmsSeal(seal).SignDetached(Manifest));
        var content = folder.Write("manifest.json", Manifest);
        var authority = folder.Write("seal.pem", Encoding.ASCII.GetBytes(seal.Certificate.ExportCertificatePem()));

        var (code, _, error) = OpensslVerifies(signature, content, authority);
        code.ShouldBe(0, error);

        folder.Write("manifest.json", [.. Manifest, (byte)' ']);
        OpensslVerifies(signature, content, authority).Code.ShouldNotBe(0);
    }

    [Fact]
    public void The_same_content_gives_the_same_signature()
    {
        using var seal = SealCertificates.Ours();

        new CmsSeal(seal).SignDetached(Manifest).ShouldBe(new CmsSeal(seal).SignDetached(Manifest));
    }

    private static (int Code, string Text, string Error) OpensslVerifies(string signature, string content, string authority) =>
        Tool.Run(
            "openssl",
            "cms",
            "-verify",
            "-cades",
            "-binary",
            "-inform",
            "DER",
            "-in",
            signature,
            "-content",
            content,
            "-CAfile",
            authority,
            "-purpose",
            "any",
            "-out",
            "/dev/null");
}
