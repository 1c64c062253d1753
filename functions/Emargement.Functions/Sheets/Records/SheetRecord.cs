using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;

namespace Emargement.Functions.Sheets.Records;

/// <summary>One sealed version of a Session's sheet, as recorded.</summary>
public sealed record SheetRecord
{
    public required SessionId Session { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Version { get; init; }

    public required VerificationCode Code { get; init; }

    /// <summary>Of the stored PDF, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Sha256 of the version before; null for version 1.</summary>
    public string? Supersedes { get; init; }

    /// <summary>Merkle root over the facts, lower-case hexadecimal: the same facts need no new version.</summary>
    public required string Root { get; init; }

    /// <summary>How many facts the root covers.</summary>
    public required int Facts { get; init; }

    /// <summary>Learners whose signature the sheet shows.</summary>
    public required int Signed { get; init; }

    /// <summary>Learners whom the sheet lists.</summary>
    public required int Expected { get; init; }

    /// <summary>B-B or B-T.</summary>
    public required string Level { get; init; }

    public required string SealedBy { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>The time that the timestamp inside the signature proves; null at B-B.</summary>
    public DateTimeOffset? TimestampedAt { get; init; }

    /// <summary>Why the authority gave no timestamp when sealing; null when it did, and when none is configured.</summary>
    public string? TimestampFailure { get; init; }

    /// <summary>The time proved by the token kept beside the PDF, asked for again after a failure; null when there is none.</summary>
    public DateTimeOffset? StampedApartAt { get; init; }

    public required bool Development { get; init; }

    /// <summary>SHA-256 of the scan from which a person read a sheet signed by hand; null for a half-day signed otherwise.</summary>
    public string? Scan { get; init; }

    /// <summary>A timestamp is still to be obtained.</summary>
    public bool StampMissing => TimestampFailure is not null && StampedApartAt is null;
}
