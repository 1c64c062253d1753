using Emargement.Domain.Platform;
using Emargement.Domain.Region.Usage;

namespace Emargement.Web.Months;

/// <summary>What a month is charged for, by who pays.</summary>
/// <param name="Final">Whether the month was validated.</param>
/// <param name="ComputedAt">When it was counted; null when it never was.</param>
/// <param name="Learners">Each once, whoever pays.</param>
public sealed record UsageModel(
    OrganisationId Organisation, YearMonth Month, bool Final, DateTimeOffset? ComputedAt, IReadOnlyList<UsageRow> Rows, int Learners)
{
    /// <summary>Whether the month after it has not begun.</summary>
    public bool IsLast { get; init; }
}

/// <param name="Region">Whether the funder is the Région.</param>
public sealed record UsageRow(string Funder, bool Region, UsageCounts Counts);
