using Emargement.Domain.Sessions;

namespace Emargement.Web.Verification;

/// <summary>Where to verify a sheet, and what was found of one.</summary>
public sealed record VerifyModel
{
    /// <summary>What was typed or scanned.</summary>
    public string? Code { get; init; }

    /// <summary>No sheet has that code.</summary>
    public bool Unknown { get; init; }

    /// <summary>Why a file that was sent could not be examined.</summary>
    public string? FileRefusal { get; init; }

    public VerdictModel? Verdict { get; init; }
}

/// <summary>The one large answer.</summary>
public enum Verdict
{
    /// <summary>Ours, intact, the latest version.</summary>
    Valid,

    /// <summary>Ours and intact, but a later version corrects it.</summary>
    Superseded,

    /// <summary>Changed since it was sealed.</summary>
    Changed,

    /// <summary>The sealed part is unchanged; something was added after it.</summary>
    AddedTo,

    /// <summary>Not a sheet of ours.</summary>
    Foreign,
}

/// <param name="Level">PAdES level: B-B or B-T.</param>
/// <param name="SupersededBy">Address of the newer version's verification page.</param>
/// <param name="Development">Sealed with a certificate made for trying the product out, which proves nothing to others.</param>
public sealed record VerdictModel(
    Verdict Verdict, string? Organisation, string? Training, SessionId? Session, string? SealedBy, DateTimeOffset? SealedAt, string? Level,
    DateTimeOffset? TimestampedAt, int? Version, string? Sha256, int? Signed, int? Expected, string? SupersededBy = null,
    bool Development = false)
{
    /// <summary>SHA-256 that was recorded when the document was sealed; null when it is none of ours.</summary>
    public string? RecordedSha256 { get; init; }

    /// <summary>SHA-256 of the scan on which a person read the presences; null when people signed electronically.</summary>
    public string? Scan { get; init; }

    /// <summary>First and last day of the hours in a company, or of a statement.</summary>
    public (DateOnly First, DateOnly Last)? Period { get; init; }

    /// <summary>Which statement of attendance it is; null for all else.</summary>
    public string? Statement { get; init; }

    /// <summary>Whether what it rests on was corrected since.</summary>
    public bool Outdated { get; init; }

    /// <summary>Codes of the sheets that a statement rests on.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];
}
