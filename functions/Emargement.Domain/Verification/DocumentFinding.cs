namespace Emargement.Domain.Verification;

/// <summary>
/// The record of one version of the document of hours in a company, or of a statement of attendance. Neither learner, tutor nor company is
/// named: the page is open to whoever holds the paper.
/// </summary>
/// <param name="Group">Null for a statement.</param>
/// <param name="First">First day of the period as planned now; null when a later change of the placement has no such period.</param>
/// <param name="LatestVersion">When higher than <paramref name="Version"/>, this document was superseded by a correction.</param>
/// <param name="LatestCode">The verification code of the latest version.</param>
public sealed record DocumentFinding(
    string Code,
    string Organisation,
    string? Training,
    string? Group,
    DateOnly? First,
    DateOnly? Last,
    int Version,
    string Sha256,
    DateTimeOffset SealedAt,
    bool Development,
    int LatestVersion,
    string LatestCode)
{
    /// <summary>certificate, attendance or individual-sheet; null for hours in a company.</summary>
    public string? Statement { get; init; }

    /// <summary>Whether a sheet that a statement rests on was corrected since, with other figures.</summary>
    public bool Outdated { get; init; }

    /// <summary>Verification codes of the sheets that a statement rests on.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];

    public bool Superseded => LatestVersion > Version || Outdated;
}
