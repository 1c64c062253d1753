namespace Emargement.Domain.Privacy;

/// <summary>Why a training's proofs are kept as long as they are.</summary>
public enum RetentionRule
{
    /// <summary>Six years after the end: what Régions, OPCO and France Travail ask unless their convention says otherwise.</summary>
    Usual,

    /// <summary>Ten years after the end: the European Union pays a part.</summary>
    CoFinanced,
}

/// <param name="Until">The last day on which they are kept.</param>
public sealed record RetentionTerm(RetentionRule Rule, DateOnly Until)
{
    public bool IsOver(DateOnly today) => Until < today;
}

/// <summary>How long the proofs of a training are kept: the longest of the terms that its funders ask.</summary>
public static class Retention
{
    public const int LongestYears = CoFinancedYears;

    /// <summary>No proof is kept for less.</summary>
    public const int UsualYears = 6;

    private const int CoFinancedYears = 10;

    // As imports write a funder's name, of which each word is looked at: FSE, FSE+, REGION FSE, FEDER.
    private static readonly string[] European = ["FSE", "FSE+", "FEDER", "FTJ", "IEJ", "UE", "EUROPE"];

    /// <param name="lastDay">The last day of anybody in the training.</param>
    /// <param name="funders">As imports wrote them. A mixed group is kept as long as the one that asks the most.</param>
    public static RetentionTerm Of(DateOnly lastDay, IEnumerable<string> funders) => funders.Any(IsEuropean)
        ? new RetentionTerm(RetentionRule.CoFinanced, lastDay.AddYears(CoFinancedYears))
        : new RetentionTerm(RetentionRule.Usual, lastDay.AddYears(UsualYears));

    private static bool IsEuropean(string funder) =>
        funder.Split([' ', '-', '/', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Intersect(European).Any();
}
