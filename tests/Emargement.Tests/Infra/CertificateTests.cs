using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Emargement.Tests.Infra;

/// <summary>The certificates that the vault is asked to make. It reads a subject as .NET does.</summary>
public sealed class CertificateTests
{
    public static TheoryData<string> Policies =>
        [.. Directory.EnumerateFiles(Tool.Infra("certificates"), "*.json").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_subject_is_one_X500_name(string policy)
    {
        var properties = JsonNode.Parse(File.ReadAllText(Path.Combine(Tool.Infra("certificates"), policy)))!["x509CertificateProperties"]!;
        var subject = properties["subject"]!.GetValue<string>();

        new X500DistinguishedName(subject).EnumerateRelativeDistinguishedNames().ShouldHaveSingleItem()
            .GetSingleElementValue().ShouldBe(subject["CN=".Length..]);
    }

    [Fact]
    public void A_comma_begins_another_part_of_a_name() =>
        Should.Throw<CryptographicException>(() => new X500DistinguishedName("CN=Emargement, essai sans valeur"));
}
