namespace Emargement.Domain.Region.Usage;

/// <summary>What is counted, so that whoever pays for some learners can be charged for them. Prices are agreed elsewhere.</summary>
/// <param name="Learners">Distinct learners with a half-day that is due or a week in a company that is over.</param>
/// <param name="Due">(Learner, half-day) pairs in centre and at distance whose signing window has ended.</param>
/// <param name="Signed">Of them, those with a signature or a paper sheet.</param>
/// <param name="OnPaper">Of these, those that a paper sheet proves.</param>
/// <param name="Weeks">Weeks in a company that are over.</param>
public sealed record UsageCounts(int Learners = 0, int Due = 0, int Signed = 0, int OnPaper = 0, int Weeks = 0);

/// <param name="Funder">Of the enrolment on the day.</param>
public sealed record FunderUsage(string Funder, UsageCounts Counts);

/// <summary>An organisation's month by who pays. A learner whose funder changes counts under each.</summary>
/// <param name="Others">Of all funders but the Région together: each learner once.</param>
/// <param name="Total">Of everybody: each learner once.</param>
public sealed record MonthUsage(IReadOnlyList<FunderUsage> Funders, UsageCounts Others, UsageCounts Total);
