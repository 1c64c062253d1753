using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Emargement.Functions.Sheets.Seal;

/// <summary>The certificate that seals, and those that are recognised as ours.</summary>
public sealed class SealCertificate : IDisposable
{
    private const string DevelopmentFile = "development.pfx";
    private readonly HashSet<string> ours;

    private SealCertificate(X509Certificate2 certificate, bool development, IEnumerable<string> formerThumbprints)
    {
        Certificate = certificate;
        Development = development;
        Thumbprint = ThumbprintOf(certificate);
        ours = new HashSet<string>(formerThumbprints.Select(former => former.Replace(":", "", StringComparison.Ordinal)), StringComparer.OrdinalIgnoreCase) { Thumbprint };
    }

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Generated on this machine: the sheets say so.</summary>
    public bool Development { get; }

    /// <summary>SHA-256 of the certificate, lower-case hexadecimal.</summary>
    public string Thumbprint { get; }

    /// <summary>The name to print: the subject's common name.</summary>
    public string Name => Certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    public bool IsOurs(X509Certificate2 other) => ours.Contains(ThumbprintOf(other));

    /// <summary>
    /// The configured certificate, else a development one kept in <see cref="SealOptions.DevelopmentFolder"/>.
    /// Where the application is deployed (<paramref name="deployed"/>) a generated one would seal legal documents with a key that nobody answers for: it does not start.
    /// </summary>
    /// <exception cref="InvalidOperationException">Deployed without a certificate, or the certificate cannot sign. Names the setting to correct.</exception>
    public static SealCertificate Load(SealOptions options, bool deployed, TimeProvider time)
    {
        if (!string.IsNullOrWhiteSpace(options.Certificate))
        {
            return new SealCertificate(Configured(options), development: false, options.FormerThumbprints);
        }

        return deployed
            ? throw new InvalidOperationException(
                "No certificate to seal the attendance sheets. Set Seal__Certificate to a Key Vault reference of the organisation's seal certificate "
                + "(PKCS #12 in base64), then start the application again.")
            : new SealCertificate(DevelopmentIn(options.DevelopmentFolder, time), development: true, options.FormerThumbprints);
    }

    /// <summary>True on Azure, or wherever the environment is declared as production.</summary>
    public static bool IsDeployed(Func<string, string?> environment) =>
        !string.IsNullOrEmpty(environment("WEBSITE_SITE_NAME"))
        || string.Equals(environment("AZURE_FUNCTIONS_ENVIRONMENT"), "Production", StringComparison.OrdinalIgnoreCase);

    public void Dispose() => Certificate.Dispose();

    internal static string ThumbprintOf(X509Certificate2 certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));

    private static X509Certificate2 Configured(SealOptions options)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(options.Certificate!), options.Password, X509KeyStorageFlags.EphemeralKeySet);
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            throw new InvalidOperationException("Seal__Certificate cannot be read. It must be a PKCS #12 file in base64, and Seal__Password its password.", fault);
        }

        return certificate.HasPrivateKey
            ? certificate
            : throw new InvalidOperationException("Seal__Certificate has no private key. Export the certificate with its key, as PKCS #12.");
    }

    private static X509Certificate2 DevelopmentIn(string folder, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, DevelopmentFile);
        if (!File.Exists(file) || Read(file).NotAfter.ToUniversalTime() <= time.GetUtcNow().UtcDateTime)
        {
            var fresh = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllBytes(fresh, Generate(time));
            // Two processes that start together keep the same key: a rename shows the whole file or none.
            File.Move(fresh, file, overwrite: true);
        }

        return Read(file);
    }

    private static X509Certificate2 Read(string file) => X509CertificateLoader.LoadPkcs12FromFile(file, null, X509KeyStorageFlags.EphemeralKeySet);

    private static byte[] Generate(TimeProvider time)
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=Sceau de développement, O=Emargement", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(5));
        return certificate.Export(X509ContentType.Pkcs12);
    }
}
