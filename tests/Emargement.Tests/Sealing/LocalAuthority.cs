using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tsp;
using Org.BouncyCastle.Utilities.Collections;
using Org.BouncyCastle.X509;

namespace Emargement.Tests.Sealing;

/// <summary>An RFC 3161 timestamp authority on this machine, by another implementation than ours, that can also be made to fail.</summary>
internal sealed class LocalAuthority : IAsyncDisposable
{
    public const string Name = "Autorité d'horodatage d'essai";
    private static readonly Lazy<(AsymmetricKeyParameter Key, X509Certificate Certificate)> Identity = new(MakeIdentity);
    private readonly WebApplication _application;
    private int _serial;

    private LocalAuthority(WebApplication application) => _application = application;

    public enum Mood
    {
        Right,
        Failing,
        Garbage,
        AnotherHash,
        Silent,
    }

    public Mood Behaviour { get; set; }

    public DateTimeOffset Now { get; set; } = SealCertificates.Now;

    public Uri Address => new(_application.Urls.First());

    public static string CertificatePem =>
        System.Security.Cryptography.PemEncoding.WriteString("CERTIFICATE", Identity.Value.Certificate.GetEncoded());

    public static async Task<LocalAuthority> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var authority = new LocalAuthority(application);
        application.MapPost("/", authority.AnswerAsync);
        await application.StartAsync();
        return authority;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpRequest http)
    {
        using var body = new MemoryStream();
        await http.Body.CopyToAsync(body);
        switch (Behaviour)
        {
            case Mood.Failing:
                return Results.StatusCode(503);
            case Mood.Garbage:
                return Results.Bytes([1, 2, 3], "application/timestamp-reply");
            case Mood.Silent:
                var gone = new TaskCompletionSource();
                http.HttpContext.RequestAborted.Register(gone.SetResult);
                await gone.Task;
                return Results.Empty;
        }

        var request = new TimeStampRequest(body.ToArray());
        if (Behaviour == Mood.AnotherHash)
        {
            request = new TimeStampRequestGenerator().Generate(request.MessageImprintAlgOid, new byte[32], request.Nonce);
        }

        var (key, certificate) = Identity.Value;
        var tokens = new TimeStampTokenGenerator(key, certificate, "2.16.840.1.101.3.4.2.1", "1.3.6.1.4.1.99999.1");
        tokens.SetCertificates(CollectionUtilities.CreateStore([certificate]));
        var response = new TimeStampResponseGenerator(tokens, TspAlgorithms.Allowed)
            .Generate(request, BigInteger.ValueOf(Interlocked.Increment(ref _serial)), Now.UtcDateTime);
        return Results.Bytes(response.GetEncoded(), "application/timestamp-reply");
    }

    private static (AsymmetricKeyParameter Key, X509Certificate Certificate) MakeIdentity()
    {
        var generator = new RsaKeyPairGenerator();
        generator.Init(new KeyGenerationParameters(new SecureRandom(), 2048));
        var pair = generator.GenerateKeyPair();
        var name = new X509Name($"CN={Name}, C=FR");
        var certificate = new X509V3CertificateGenerator();
        certificate.SetSerialNumber(BigInteger.ValueOf(77));
        certificate.SetIssuerDN(name);
        certificate.SetSubjectDN(name);
        certificate.SetNotBefore(SealCertificates.Now.AddYears(-1).UtcDateTime);
        certificate.SetNotAfter(SealCertificates.Now.AddYears(9).UtcDateTime);
        certificate.SetPublicKey(pair.Public);
        certificate.AddExtension(X509Extensions.ExtendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeID.id_kp_timeStamping));
        return (pair.Private, certificate.Generate(new Asn1SignatureFactory("SHA256WITHRSA", pair.Private)));
    }
}
