using Emargement.Domain.Placements;
using Emargement.Domain.Planning;

namespace Emargement.Functions.Placements.Tutors;

/// <param name="Seen">For each week, how many statements the page showed, so that nothing is signed unseen.</param>
/// <param name="Weeks">Null for all.</param>
/// <param name="Decided">For days that the learner maintained, the minutes that the tutor decides.</param>
/// <param name="Drawing">SVG path of the tutor's signature; this or a typed name.</param>
public sealed record ValidateRequest(
    IReadOnlyDictionary<string, int> Seen,
    IReadOnlyList<IsoWeek>? Weeks = null,
    IReadOnlyList<DayMinutes>? Decided = null,
    string? Drawing = null,
    string? TypedName = null);

public sealed record DisagreeRequest(IReadOnlyDictionary<string, int> Seen, IReadOnlyList<Disagreement> Days);

public sealed record RevokeLinksRequest(string Reason);

/// <param name="NotBefore">When the tutor is away: the day from which to send.</param>
public sealed record ResendRequest(DateOnly? NotBefore = null);

/// <summary>What a page had shown when its reader answered.</summary>
internal static class SeenWeeks
{
    /// <summary>How many statements each week had; what names no week is left out.</summary>
    public static Dictionary<IsoWeek, int> Of(IReadOnlyDictionary<string, int> seen) =>
        seen.Where(s => IsoWeek.TryParse(s.Key, out _))
            .ToDictionary(s => IsoWeek.TryParse(s.Key, out var week) ? week : default, s => s.Value);
}
