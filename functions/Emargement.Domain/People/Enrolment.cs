using Emargement.Domain.Platform;

namespace Emargement.Domain.People;

/// <summary>
/// A learner in a group of a training. The funder belongs to each period, because groups mix funders and a learner may change.
/// </summary>
public sealed record Enrolment
{
    public required Reference LearnerRef { get; init; }

    public required Reference TrainingRef { get; init; }

    public required string Group { get; init; }

    /// <summary>Periods in order, none overlapping.</summary>
    public required IReadOnlyList<EnrolmentPeriod> Periods { get; init; }

    /// <summary>Whether a person changed the periods by hand: they stand above the files.</summary>
    public bool Kept { get; init; }

    /// <summary>The period that holds a day, or null when the learner was not enrolled then.</summary>
    public EnrolmentPeriod? On(DateOnly day) =>
        Periods.FirstOrDefault(p => p.Entry <= day && (p.Exit is null || day <= p.Exit));

    /// <summary>Whether there is a day on which the learner is in both.</summary>
    public bool MeetsAnyOf(Enrolment other) =>
        Periods.Any(a => other.Periods.Any(b => a.Entry <= (b.Exit ?? DateOnly.MaxValue) && b.Entry <= (a.Exit ?? DateOnly.MaxValue)));
}

/// <summary>From <paramref name="Entry"/> to <paramref name="Exit"/> inclusive; no exit means until the training ends.</summary>
/// <param name="Funder">As the import wrote it, upper-case: REGION, OPCO, FRANCE TRAVAIL, …</param>
/// <param name="RegionNumber">The Région's number for this learner.</param>
/// <param name="OrderNumber">The Région's order number (BDC) for this learner.</param>
public sealed record EnrolmentPeriod(
    string Funder,
    string? RegionNumber,
    string? OrderNumber,
    DateOnly Entry,
    DateOnly? Exit,
    string? Company = null,
    string? TutorName = null,
    EmailAddress? TutorEmail = null)
{
    /// <summary>What a funder's name must be for the organisation's Région to pay.</summary>
    public const string RegionFunder = "REGION";

    /// <summary>Characters of a funder's name at most.</summary>
    public const int MaxFunder = 100;

    public bool IsFundedByRegion => Funder == RegionFunder;

    /// <summary>The period when what proves it is kept no more: without who looked after the learner in the company.</summary>
    public EnrolmentPeriod Tutorless() => this with { TutorName = null, TutorEmail = null };
}
