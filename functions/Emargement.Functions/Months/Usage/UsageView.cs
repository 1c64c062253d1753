using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Region.Usage;

namespace Emargement.Functions.Months.Usage;

/// <summary>What one funder is charged for.</summary>
/// <param name="Funder">As the import wrote it.</param>
/// <param name="Payer"><c>region</c> when the Région pays for the learner, <c>of</c> when the organisation does.</param>
public sealed record UsageLine(string Funder, string Payer, int Learners, int Due, int Signed, int OnPaper, int Weeks)
{
    /// <summary>Funders other than the Région, where they are not named.</summary>
    public const string Others = "autres";

    public static UsageLine Of(string funder, UsageCounts counts) => new(
        funder,
        funder == EnrolmentPeriod.RegionFunder ? "region" : "of",
        counts.Learners,
        counts.Due,
        counts.Signed,
        counts.OnPaper,
        counts.Weeks);
}

/// <summary>An organisation's month by who pays.</summary>
/// <param name="Final">Whether the month was validated: its figures change no more.</param>
/// <param name="ComputedAt">When it was counted; null when it never was, and there are no lines then.</param>
/// <param name="TotalDistinct">Learners: one whose funder changed stands in several lines, and is here once.</param>
public sealed record UsageView(
    YearMonth Month,
    OrganisationId Organisation,
    string Nda,
    bool Final,
    DateTimeOffset? ComputedAt,
    IReadOnlyList<UsageLine> Funders,
    int TotalDistinct);
