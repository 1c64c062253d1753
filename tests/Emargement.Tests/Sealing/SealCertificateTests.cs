using Emargement.Functions.Sealing.Seal;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Sealing;

public sealed class SealCertificateTests
{
    [Theory]
    [InlineData("WEBSITE_SITE_NAME", "emargement-prod")]
    [InlineData("AZURE_FUNCTIONS_ENVIRONMENT", "Production")]
    public void Deployed_without_a_certificate_it_does_not_start_and_names_the_setting(string name, string value)
    {
        var deployed = new SealOptionsValidator(asked => asked == name ? value : null);

        deployed.Validate(null, new SealOptions()).FailureMessage!.ShouldContain("Seal__Certificate");
        deployed.Validate(null, new SealOptions { Certificate = SealCertificates.Base64() }).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void On_one_machine_it_starts_without_a_certificate() =>
        new SealOptionsValidator(
            asked => asked == "AZURE_FUNCTIONS_ENVIRONMENT"
                ? "Development"
                : null).Validate(null, new SealOptions()).Succeeded.ShouldBeTrue();

    [Theory]
    [InlineData("not base64 at all", "a text")]
    [InlineData("AAAA", "bytes that are not PKCS #12")]
    public void A_certificate_that_cannot_be_read_names_the_setting(string certificate, string because) =>
        new SealOptionsValidator(_ => null).Validate(null, new SealOptions { Certificate = certificate }).FailureMessage!
            .ShouldContain("Seal__Certificate", Case.Sensitive, because);

    [Fact]
    public void An_authority_is_an_http_address() =>
        new SealOptions { TimestampUrl = new Uri("ftp://example.test") }.Validate(new(new object())).ShouldHaveSingleItem().ErrorMessage!
            .ShouldContain("Seal__TimestampUrl");

    [Fact]
    public void A_generated_certificate_says_what_it_is()
    {
        using var seal = SealCertificate.OfDevelopment(
            SealCertificate.Generate(new FakeTimeProvider(SealCertificates.Now)), new SealOptions());

        seal.Development.ShouldBeTrue();
        seal.Name.ShouldBe("Sceau de développement");
        seal.Certificate.NotBefore.ToUniversalTime().ShouldBeLessThan(SealCertificates.Now.UtcDateTime);
    }

    [Fact]
    public void What_a_former_certificate_sealed_is_still_ours()
    {
        using var former = SealCertificates.Ours();
        using var stranger = SealCertificates.Elliptic();
        var options = new SealOptions { FormerThumbprints = "00:11, " + former.Thumbprint.ToUpperInvariant() };
        using var current = SealCertificate.OfDevelopment(SealCertificate.Generate(TimeProvider.System), options);

        current.IsOurs(current.Certificate).ShouldBeTrue();
        current.IsOurs(former.Certificate).ShouldBeTrue();
        current.IsOurs(stranger.Certificate).ShouldBeFalse();
    }
}
