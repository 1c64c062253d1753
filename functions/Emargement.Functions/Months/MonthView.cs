using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Region;

namespace Emargement.Functions.Months;

/// <summary>A month of the list.</summary>
/// <param name="Completeness">Whole percents; null when nothing is due, or nothing calculated.</param>
public sealed record MonthListed(YearMonth Month, MonthState State, int? Version, int? Completeness);

public sealed record MonthsListed(IReadOnlyList<MonthListed> Months);

/// <summary>A sort of thing that stands against validating a month.</summary>
/// <param name="Acceptable">Whether it may be accepted with a reason.</param>
public sealed record BlockerCount(string Code, int Count, bool Acceptable);

/// <summary>A group as a month's list shows it.</summary>
/// <param name="Completeness">Whole percents, as the others; null when there is nothing to divide by.</param>
public sealed record GroupListed(
    Reference Training,
    string Group,
    string? Title,
    GroupMode Mode,
    SessionFigures Sessions,
    int? Completeness,
    int? Presence,
    int? Proof,
    MonthFigures Figures,
    MonthFigures Funded,
    int Learners,
    int FundedLearners,
    int ToAccept,
    int Blocking)
{
    public static GroupListed Of(GroupMonth group) => new(
        group.Training,
        group.Group,
        group.Title,
        group.Counts.Mode,
        group.Counts.Sessions,
        group.Counts.All.Completeness,
        group.Counts.All.Presence,
        group.Counts.All.Proof,
        group.Counts.All,
        group.Counts.Funded,
        group.Counts.Learners,
        group.Counts.FundedLearners,
        group.Counts.ToAccept,
        group.Counts.Blocking);
}

/// <summary>A version of the month's export, with the addresses at which its own organisation finds its files.</summary>
/// <param name="State">provisional, validated, locked or corrected.</param>
public sealed record MonthVersion(
    int Version, string State, string By, DateTimeOffset At, string ManifestSha256, IReadOnlyList<ExportFileListed> Files);

/// <summary>Where a month stands.</summary>
/// <param name="ComputedAt">When its figures were made; null when they never were.</param>
/// <param name="Stale">Whether something changed since.</param>
public sealed record MonthView(
    YearMonth Month,
    MonthState State,
    DateTimeOffset? ComputedAt,
    bool Stale,
    MonthCounts? Total,
    IReadOnlyList<GroupListed> Groups,
    IReadOnlyList<BlockerCount> Blockers,
    IReadOnlyList<MonthVersion> Versions,
    IReadOnlyList<MonthFact> Facts);
