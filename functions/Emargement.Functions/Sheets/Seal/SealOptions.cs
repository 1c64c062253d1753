namespace Emargement.Functions.Sheets.Seal;

/// <summary>Settings of the seal, section <c>Seal</c>.</summary>
public sealed class SealOptions
{
    public const string Section = "Seal";

    /// <summary>The sealing certificate with its private key: a PKCS #12 file in base64. In Azure, a Key Vault reference to a certificate's secret.</summary>
    public string? Certificate { get; set; }

    /// <summary>Password of <see cref="Certificate"/>; none when it comes from Key Vault.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>SHA-256 thumbprints (hexadecimal) of certificates used before this one, separated by commas: what they sealed is still ours.</summary>
    public string? FormerThumbprints { get; set; }

    /// <summary>Address of an RFC 3161 timestamp authority; without one, sheets are sealed at level B-B.</summary>
    public Uri? TimestampUrl { get; set; }

    /// <summary>How long the authority may take before the sheet is sealed without it.</summary>
    public TimeSpan TimestampTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
