using Emargement.Functions.Sheets.Seal;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Sheets;

public sealed class SealCertificateTests
{
    [Fact]
    public void Deployed_without_a_certificate_it_does_not_start_and_names_the_setting() =>
        Should.Throw<InvalidOperationException>(() => SealCertificate.Load(new SealOptions(), deployed: true, TimeProvider.System))
            .Message.ShouldContain("Seal__Certificate");

    [Theory]
    [InlineData("WEBSITE_SITE_NAME", "emargement-prod", true)]
    [InlineData("AZURE_FUNCTIONS_ENVIRONMENT", "Production", true)]
    [InlineData("AZURE_FUNCTIONS_ENVIRONMENT", "Development", false)]
    [InlineData("HOME", "/home/somebody", false)]
    public void It_knows_where_it_is_deployed(string name, string value, bool deployed) =>
        SealCertificate.IsDeployed(asked => asked == name ? value : null).ShouldBe(deployed);

    [Theory]
    [InlineData("not base64 at all", "a text")]
    [InlineData("AAAA", "bytes that are not PKCS #12")]
    public void A_certificate_that_cannot_be_read_names_the_setting(string certificate, string because) =>
        Should.Throw<InvalidOperationException>(() => SealCertificate.Load(new SealOptions { Certificate = certificate }, deployed: false, TimeProvider.System), because)
            .Message.ShouldContain("Seal__Certificate");

    [Fact]
    public void On_one_machine_the_development_certificate_is_made_once_and_says_what_it_is()
    {
        using var folder = new Folder();
        var options = new SealOptions { DevelopmentFolder = folder.Path };
        var time = new FakeTimeProvider(SealCertificates.Now);
        using var first = SealCertificate.Load(options, deployed: false, time);
        using var second = SealCertificate.Load(options, deployed: false, time);

        first.Development.ShouldBeTrue();
        first.Name.ShouldBe("Sceau de développement");
        second.Thumbprint.ShouldBe(first.Thumbprint);

        time.Advance(TimeSpan.FromDays(6 * 365));
        using var renewed = SealCertificate.Load(options, deployed: false, time);
        renewed.Thumbprint.ShouldNotBe(first.Thumbprint);
    }

    [Fact]
    public void What_a_former_certificate_sealed_is_still_ours()
    {
        using var former = SealCertificates.Ours();
        using var stranger = SealCertificates.Elliptic();
        using var folder = new Folder();
        using var current = SealCertificate.Load(
            new SealOptions { DevelopmentFolder = folder.Path, FormerThumbprints = { former.Thumbprint.ToUpperInvariant() } }, deployed: false, TimeProvider.System);

        current.IsOurs(current.Certificate).ShouldBeTrue();
        current.IsOurs(former.Certificate).ShouldBeTrue();
        current.IsOurs(stranger.Certificate).ShouldBeFalse();
    }
}
