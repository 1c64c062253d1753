using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Emargement.Functions.Platform.Protection;

/// <summary>Section <c>Protection</c>: the certificate that encrypts the key ring at rest. Without one, whoever reads the storage reads the keys.</summary>
public sealed class ProtectionOptions
{
    public const string Section = "Protection";

    /// <summary>A PKCS #12 file with its private key (RSA), in base64. In Azure, a Key Vault reference to a certificate's secret.</summary>
    public string? Certificate { get; set; }

    /// <summary>Password of <see cref="Certificate"/>; none when it comes from Key Vault.</summary>
    public string? Password { get; set; }

    /// <summary>The certificate used before this one, so that keys it encrypted still open.</summary>
    public string? FormerCertificate { get; set; }

    public string? FormerPassword { get; set; }

    /// <exception cref="InvalidOperationException">The text is no PKCS #12 file with a private key. Names the setting to correct.</exception>
    internal static X509Certificate2? Load(string? certificate, string? password, string setting)
    {
        if (string.IsNullOrWhiteSpace(certificate))
        {
            return null;
        }

        try
        {
            var loaded = X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(certificate), password, X509KeyStorageFlags.EphemeralKeySet);
            return loaded.HasPrivateKey ? loaded : throw new InvalidOperationException($"{setting} has no private key. Export the certificate with its key, as PKCS #12.");
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            throw new InvalidOperationException($"{setting} cannot be read: it must be a PKCS #12 file in base64, with the password that its setting gives.", fault);
        }
    }
}
