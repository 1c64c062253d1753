using System.ComponentModel.DataAnnotations;

namespace Emargement.Functions.Sealing.Seal;

/// <summary>
/// The seal of sheets. Locally a development certificate is made, and sheets say so; in Azure a missing one stops the start.
/// </summary>
public sealed class SealOptions : IValidatableObject
{
    public const string Section = "Seal";

    /// <summary>
    /// The sealing certificate with its private key: a PKCS #12 file in base64. In Azure, a Key Vault reference to a certificate's secret.
    /// </summary>
    public string? Certificate { get; set; }

    /// <summary>Password of <c>Certificate</c>; none when it comes from Key Vault.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>
    /// SHA-256 thumbprints (hexadecimal) of certificates used before this one, separated by commas: what they sealed is still ours.
    /// </summary>
    public string? FormerThumbprints { get; set; }

    /// <summary>Address of an RFC 3161 timestamp authority; without one, sheets are sealed at level B-B.</summary>
    public Uri? TimestampUrl { get; set; }

    /// <summary>How long the authority may take before the sheet is sealed without it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Seal__TimestampTimeout is a duration from 00:00:01 to 00:05:00.")]
    public TimeSpan TimestampTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TimestampUrl is { } authority && (!authority.IsAbsoluteUri || authority.Scheme is not ("http" or "https")))
        {
            yield return new ValidationResult(
                "Seal__TimestampUrl is the http or https address of an RFC 3161 timestamp authority.", [nameof(TimestampUrl)]);
        }

        if (SealCertificate.Thumbprints(FormerThumbprints).Any(t => t.Length != 64 || !t.All(char.IsAsciiHexDigit)))
        {
            yield return new ValidationResult(
                "Seal__FormerThumbprints are SHA-256 thumbprints of 64 hexadecimal digits, separated by commas; `openssl x509 -noout "
                    + "-fingerprint -sha256` prints one.",
                [nameof(FormerThumbprints)]);
        }
    }
}
