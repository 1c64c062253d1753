using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Emargement.Functions.Sealing.Seal;

/// <summary>The certificate that seals, and those that are recognised as ours.</summary>
public sealed class SealCertificate : IDisposable
{
    private readonly HashSet<string> _ours;

    private SealCertificate(X509Certificate2 certificate, bool development, string? formerThumbprints)
    {
        Certificate = certificate;
        Development = development;
        Thumbprint = ThumbprintOf(certificate);
        _ours = new HashSet<string>(Thumbprints(formerThumbprints), StringComparer.OrdinalIgnoreCase) { Thumbprint };
    }

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Generated for this storage: the sheets say so.</summary>
    public bool Development { get; }

    /// <summary>SHA-256 of the certificate, lower-case hexadecimal.</summary>
    public string Thumbprint { get; }

    /// <summary>The name to print: the subject's common name.</summary>
    public string Name => Certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    public bool IsOurs(X509Certificate2 other) => _ours.Contains(ThumbprintOf(other));

    /// <exception cref="InvalidOperationException">The certificate cannot be read or cannot sign; names the setting to correct.</exception>
    public static SealCertificate Configured(SealOptions options)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = Read(Convert.FromBase64String(options.Certificate ?? ""), options.CertificatePassword);
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            throw new InvalidOperationException(
                "Seal__Certificate cannot be read. It must be a PKCS #12 file in base64, and Seal__CertificatePassword its password.",
                fault);
        }

        return certificate.HasPrivateKey
            ? new SealCertificate(certificate, development: false, options.FormerThumbprints)
            : throw new InvalidOperationException(
                "Seal__Certificate has no private key. Export the certificate with its key, as PKCS #12.");
    }

    /// <param name="pkcs12">What <see cref="Generate"/> gave, kept since.</param>
    public static SealCertificate OfDevelopment(byte[] pkcs12, SealOptions options) =>
        new(Read(pkcs12, null), development: true, options.FormerThumbprints);

    /// <summary>A new self-signed certificate with its key, as PKCS #12 without password.</summary>
    public static byte[] Generate(TimeProvider time)
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest(
            "CN=Sceau de développement, O=Emargement", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(20));
        return certificate.Export(X509ContentType.Pkcs12);
    }

    public void Dispose() => Certificate.Dispose();

    /// <summary>Thumbprints of a setting, as hexadecimal digits alone.</summary>
    internal static string[] Thumbprints(string? setting) =>
        (setting ?? "").Replace(":", "", StringComparison.Ordinal)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    internal static string ThumbprintOf(X509Certificate2 certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));

    private static X509Certificate2 Read(byte[] pkcs12, string? password) =>
        X509CertificateLoader.LoadPkcs12(pkcs12, password, X509KeyStorageFlags.EphemeralKeySet);
}
