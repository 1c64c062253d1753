namespace Emargement.Domain.Verification;

/// <summary>
/// The record of one version of the document of hours in a company. Neither learner, tutor nor company is named: the page is open to
/// whoever holds the paper.
/// </summary>
/// <param name="First">First day of the period as planned now; null when a later change of the placement has no such period.</param>
/// <param name="LatestVersion">When higher than <paramref name="Version"/>, this document was superseded by a correction.</param>
/// <param name="LatestCode">The verification code of the latest version.</param>
public sealed record DocumentFinding(
    string Code,
    string Organisation,
    string? Training,
    string Group,
    DateOnly? First,
    DateOnly? Last,
    int Version,
    string Sha256,
    DateTimeOffset SealedAt,
    bool Development,
    int LatestVersion,
    string LatestCode)
{
    public bool Superseded => LatestVersion > Version;
}
