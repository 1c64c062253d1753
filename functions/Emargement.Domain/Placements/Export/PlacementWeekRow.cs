using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements.Export;

/// <summary>One learner in one week in a company: a row of <c>semaines_entreprise.csv</c>.</summary>
/// <param name="Week">ISO 8601 week, yyyy-Www.</param>
/// <param name="Status">In French, as written in the file; <see cref="ValidatedStatus"/> once the tutor or a manager has validated.</param>
public sealed record PlacementWeekRow(
    Reference Training,
    Reference Learner,
    string Week,
    string? Company,
    string? Tutor,
    int DeclaredMinutes,
    int ValidatedMinutes,
    string Status,
    DateTimeOffset? ValidatedAt,
    string? Document,
    string? DocumentSha256)
{
    public const string ValidatedStatus = "validee";
}
