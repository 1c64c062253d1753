using Emargement.Domain.Absences;
using Emargement.Web.Platform;

namespace Emargement.Web.Absences;

/// <summary>The reasons of an organisation, or of a Région.</summary>
/// <param name="Address">Where its forms go.</param>
/// <param name="OfRegion">Whether it is a Région's list.</param>
public sealed record ReasonsModel(string Address, IReadOnlyList<ReasonLine> Reasons, bool OfRegion)
{
    public const string Add = "add";
    public const string Save = "save";

    /// <summary>What the organisation's Région publishes for its learners.</summary>
    public IReadOnlyList<AbsenceReason> OfTheRegion { get; init; } = [];

    /// <summary>Code of the one that was just saved.</summary>
    public string? Saved { get; init; }

    public ReturnedForm? Returned { get; init; }

    /// <summary>Names the form that adds, or changes, one reason.</summary>
    public static string FormOf(string? code, string? funder, string? act) =>
        act == Add ? funder is null ? Add : $"{Add}-{code}" : $"{code}-{funder}";
}

/// <param name="Version">What its form sends back.</param>
public sealed record ReasonLine(AbsenceReason Reason, string Version)
{
    /// <summary>What it is for the learners of single funders.</summary>
    public IReadOnlyList<ReasonLine> Funders { get; init; } = [];
}
