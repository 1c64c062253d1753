using Emargement.Domain.Sessions;

namespace Emargement.Domain.Verification;

public enum SheetVerdict
{
    /// <summary>Sealed by us, and not a byte has changed.</summary>
    Intact,

    /// <summary>Sealed, and changed since.</summary>
    Changed,

    /// <summary>The sealed part is unchanged; bytes were added after it.</summary>
    AddedTo,

    /// <summary>A valid signature, by a certificate that is not ours.</summary>
    NotOurs,

    /// <summary>No signature at all.</summary>
    Unsigned,
}

/// <summary>The answer to « is this sheet what it says? », for a file that was sent or for the one kept under a code.</summary>
/// <param name="Sha256">Of the file, lower-case hexadecimal.</param>
/// <param name="Sheet">What our records say of a Session's sheet; null when they know nothing of this file, and for a placement's
/// document.</param>
/// <param name="Document">What our records say of a placement's document; null for all else.</param>
public sealed record SheetVerification(
    SheetVerdict Verdict, string Sha256, IReadOnlyList<SealFinding> Seals, SheetFinding? Sheet, DocumentFinding? Document = null);

/// <summary>What one signature of the file says and proves.</summary>
/// <param name="Problem">Null when it is valid, else the code of what is not.</param>
/// <param name="BytesAfter">Bytes of the file after what it covers.</param>
/// <param name="ClaimedAt">The time that the signer claims.</param>
/// <param name="TimestampedAt">The time that a timestamp authority proves; null without.</param>
/// <param name="Level">B-B, B-T, or null when neither is reached.</param>
public sealed record SealFinding(
    bool Valid,
    string? Problem,
    int BytesAfter,
    bool Ours,
    string? Signer,
    string? Serial,
    string? Thumbprint,
    DateTimeOffset? ClaimedAt,
    DateTimeOffset? TimestampedAt,
    string? TimestampAuthority,
    string? Level);

/// <summary>The record of one version of a sheet. No learner is named: the page is open to whoever holds the paper.</summary>
/// <param name="Level">As sealed: B-B or B-T.</param>
/// <param name="StampedApartAt">The time proved by a timestamp over the whole file, obtained later because the authority did not answer
/// when sealing; null when none.</param>
/// <param name="Signed">Learners whose signature it shows, of <paramref name="Expected"/>.</param>
/// <param name="LatestVersion">When higher than <paramref name="Version"/>, this sheet was superseded by a correction.</param>
/// <param name="LatestCode">The verification code of the latest version.</param>
public sealed record SheetFinding(
    string Code,
    string Organisation,
    string? Training,
    string? Group,
    string Session,
    DateOnly Date,
    HalfDay HalfDay,
    int Version,
    string Sha256,
    string Level,
    string SealedBy,
    DateTimeOffset SealedAt,
    DateTimeOffset? StampedApartAt,
    bool Development,
    int Signed,
    int Expected,
    int LatestVersion,
    string LatestCode)
{
    public bool Superseded => LatestVersion > Version;

    /// <summary>SHA-256 of the kept scan on which a person read the presences; null when people signed electronically.</summary>
    public string? Scan { get; init; }
}
