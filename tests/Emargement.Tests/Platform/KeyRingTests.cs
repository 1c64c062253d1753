using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Storage.Blobs;
using Emargement.Functions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Emargement.Tests.Platform;

/// <summary>Every instance of the app opens what any other sealed.</summary>
public sealed class KeyRingTests
{
    private readonly string _prefix = AzuriteFixture.NewPrefix();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_instances_that_start_together_read_each_other()
    {
        await using var one = Instance();
        await using var other = Instance();

        var texts = await Task.WhenAll(new[] { one, other }.Select(i => Task.Run(() => Protector(i).Protect("cookie"), Cancellation)));

        foreach (var text in texts)
        {
            Protector(one).Unprotect(text).ShouldBe("cookie");
            Protector(other).Unprotect(text).ShouldBe("cookie");
        }
    }

    [Fact]
    public async Task The_ring_outlives_its_instance()
    {
        string text;
        await using (var first = Instance())
        {
            text = Protector(first).Protect("cookie");
        }

        await using var next = Instance();

        Protector(next).Unprotect(text).ShouldBe("cookie");
    }

    [Fact]
    public async Task With_a_certificate_the_keys_are_encrypted_at_rest_and_its_successor_still_opens_them()
    {
        var (old, current) = (Certificate(), Certificate());
        string text;
        await using (var first = Instance(("Protection:Certificate", old), ("Protection:Password", "secret")))
        {
            text = Protector(first).Protect("cookie");
        }

        (await KeysAsync()).ShouldAllBe(
            k => k.Contains("EncryptedData", StringComparison.Ordinal) && !k.Contains("masterKey", StringComparison.Ordinal));
        await using var next = Instance(
            ("Protection:Certificate", current), ("Protection:Password", "secret"),
            ("Protection:FormerCertificate", old), ("Protection:FormerPassword", "secret"));
        Protector(next).Unprotect(text).ShouldBe("cookie");
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_stops_the_start() =>
        Should.Throw<OptionsValidationException>(
            () => Instance(("Protection:Certificate", "AAAA"))).Message.ShouldContain("Protection__Certificate");

    private static IDataProtector Protector(ServiceProvider instance) =>
        instance.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static string Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12, "secret"));
    }

    private ServiceProvider Instance(params (string Name, string Value)[] settings)
    {
        var all = settings.ToDictionary(s => s.Name, s => (string?)s.Value);
        all["Storage:ConnectionString"] = AzuriteFixture.ConnectionString;
        all["Storage:Prefix"] = _prefix;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        return new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(
            configuration).AddEmargement(configuration).BuildServiceProvider();
    }

    private async Task<List<string>> KeysAsync()
    {
        var container = new BlobContainerClient(AzuriteFixture.ConnectionString, _prefix + "platform");
        var keys = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: Cancellation))
        {
            keys.Add((await container.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation)).Value.Content.ToString());
        }

        return keys;
    }
}
