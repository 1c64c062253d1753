using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Emargement.Functions.Platform.Protection;

/// <summary>
/// The certificate that encrypts the key ring of cookies, tickets and tokens at rest.
/// Without one, whoever reads the storage reads the keys.
/// </summary>
public sealed class ProtectionOptions : IValidatableObject
{
    public const string Section = "Protection";

    /// <summary>A PKCS #12 file with its private key (RSA), in base64. In Azure, a Key Vault reference to a certificate's secret.</summary>
    public string? Certificate { get; set; }

    /// <summary>Password of <c>Certificate</c>; none when it comes from Key Vault.</summary>
    public string? Password { get; set; }

    /// <summary>The certificate used before this one, so that keys it encrypted still open.</summary>
    public string? FormerCertificate { get; set; }

    /// <summary>Password of <c>FormerCertificate</c>.</summary>
    public string? FormerPassword { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (certificate, password, name, passwordName) in new[]
        {
            (Certificate, Password, nameof(Certificate), nameof(Password)),
            (FormerCertificate, FormerPassword, nameof(FormerCertificate), nameof(FormerPassword)),
        })
        {
            if (!IsReadable(certificate, password))
            {
                yield return new ValidationResult(
                    $"{Section}__{name} cannot be read: it is a PKCS #12 file with its private key, in base64, and "
                        + $"{Section}__{passwordName} its password, if it has one.", [name]);
            }
        }
    }

    /// <summary>The certificate of such a text, or null without one.</summary>
    internal static X509Certificate2? Load(string? certificate, string? password) => string.IsNullOrWhiteSpace(certificate)
        ? null
        : X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(certificate), password, X509KeyStorageFlags.EphemeralKeySet);

    private static bool IsReadable(string? certificate, string? password)
    {
        try
        {
            using var loaded = Load(certificate, password);
            return loaded is null || loaded.HasPrivateKey;
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
