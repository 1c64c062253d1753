namespace Emargement.Functions.Sealing.Seal;

/// <summary>What a PDF's own bytes say of its signatures, before any record is looked up.</summary>
/// <param name="Sha256">Of the whole file, lower-case hexadecimal.</param>
/// <param name="Signatures">In the order in which they stand in the file; none when it is not signed.</param>
public sealed record PdfReport(string Sha256, IReadOnlyList<SignatureReport> Signatures);

/// <summary>One signature of a PDF.</summary>
public sealed record SignatureReport
{
    /// <summary>Null when everything holds; else the first thing that does not, as a code:
    /// structure-unreadable, range-unreadable, range-wrong, contents-altered, cms-unreadable, cms-altered, algorithm-unknown, digest-wrong,
    /// certificate-not-bound, certificate-expired, timestamp-invalid.</summary>
    public string? Problem { get; init; }

    public bool Valid => Problem is null;

    /// <summary>True when it covers every byte of the file but itself.</summary>
    public bool CoversWholeFile { get; init; }

    /// <summary>Bytes added after what it covers.</summary>
    public int BytesAfter { get; init; }

    public string? Signer { get; init; }

    /// <summary>Serial number of the signer's certificate, hexadecimal.</summary>
    public string? Serial { get; init; }

    /// <summary>SHA-256 of the signer's certificate, lower-case hexadecimal.</summary>
    public string? Thumbprint { get; init; }

    /// <summary>Sealed by a certificate of this system, the present one or a former one.</summary>
    public bool Ours { get; init; }

    /// <summary>The time that the signature claims.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>The time that the timestamp inside proves.</summary>
    public DateTimeOffset? TimestampedAt { get; init; }

    public string? TimestampAuthority { get; init; }

    /// <summary>B-B or B-T (ETSI EN 319 142-1); null when the certificate is not bound by the signature, as the levels ask.</summary>
    public string? Level { get; init; }

    /// <summary>The verification page that the signature names.</summary>
    public string? Contact { get; init; }
}
