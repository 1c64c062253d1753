using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Web.Platform;

namespace Emargement.Web.Months;

/// <summary>Where a month stands, by group.</summary>
public sealed record MonthModel
{
    public required OrganisationId Organisation { get; init; }

    public required YearMonth Month { get; init; }

    /// <summary>Whether it is over or runs: the month after it leads nowhere then.</summary>
    public bool IsLast { get; init; }

    public MonthState State { get; init; }

    /// <summary>When it was calculated; null when it never was.</summary>
    public DateTimeOffset? ComputedAt { get; init; }

    /// <summary>Whether something changed since.</summary>
    public bool Stale { get; init; }

    /// <summary>Whether a calculation was just asked for.</summary>
    public bool Started { get; init; }

    public MonthCounts? Total { get; init; }

    public IReadOnlyList<GroupRowModel> Groups { get; init; } = [];

    public IReadOnlyList<VersionModel> Versions { get; init; } = [];

    public IReadOnlyList<HappenedModel> Happened { get; init; } = [];

    /// <summary>completeness, training, unjustified or anomalies.</summary>
    public string Sort { get; init; } = "completeness";

    public bool OnlyBlocking { get; init; }

    public bool OnlyFunded { get; init; }

    /// <summary>Whether an amendment was just asked for.</summary>
    public bool Asked { get; init; }

    /// <summary>What was asked to amend once it was closed, the newest first.</summary>
    public IReadOnlyList<AmendmentRowModel> Amendments { get; init; } = [];

    public string Address => $"/o/{Organisation}/months/{Month}";
}

/// <summary>An amendment of a closed month.</summary>
/// <param name="Count">How many corrections it asks for.</param>
/// <param name="Answer">What the Région said.</param>
/// <param name="Version">Of the export that says it, once made.</param>
public sealed record AmendmentRowModel(
    int Number, AmendmentState State, int Count, DateTimeOffset At, string Reason, string? Answer, int? Version);

/// <param name="Href">Of the group's matrix.</param>
public sealed record GroupRowModel(string Href, string Title, string Group, MonthCounts Counts);

/// <summary>A version of the month's export.</summary>
public sealed record VersionModel(
    int Version, string State, string By, DateTimeOffset At, string Sha256, IReadOnlyList<LinkModel> Files);

/// <summary>Something that happened to the month, in words.</summary>
public sealed record HappenedModel(DateTimeOffset At, string Text, string? Reason);

/// <summary>The matrix of a group's month: learners, half-days, and the form that corrects several at once.</summary>
public sealed record GroupModel
{
    public const string Form = "corrections";

    public required OrganisationId Organisation { get; init; }

    public required YearMonth Month { get; init; }

    public required string Title { get; init; }

    public required string Group { get; init; }

    /// <summary>Of this page, without a query.</summary>
    public required string Address { get; init; }

    public DateTimeOffset ComputedAt { get; init; }

    /// <summary>The half-days shown, in order.</summary>
    public IReadOnlyList<GroupHalfDay> HalfDays { get; init; } = [];

    public IReadOnlyList<MatrixLineModel> Lines { get; init; } = [];

    /// <summary>Code and label of the reasons that a correction may name.</summary>
    public IReadOnlyList<(string Code, string Label)> Reasons { get; init; } = [];

    /// <summary>Whether the month may be corrected.</summary>
    public bool MayCorrect { get; init; }

    /// <summary>Whether the month is closed, and the Région may be asked for corrections of learners whom it pays.</summary>
    public bool MayAsk { get; init; }

    /// <summary>The first days of the fortnights that have half-days; one is shown unless the whole month is.</summary>
    public IReadOnlyList<DateOnly> Fortnights { get; init; } = [];

    /// <summary>The first day of what is shown; null for the whole month, which is for reading.</summary>
    public DateOnly? From { get; init; }

    public CorrectionEffect? Effect { get; init; }

    /// <summary>What was selected in a form that came back.</summary>
    public IReadOnlySet<string> Selected { get; init; } = new HashSet<string>();

    public ReturnedForm? Returned { get; init; }

    /// <summary>How many changes were saved, and how many refused, just now.</summary>
    public int? Saved { get; init; }

    public int Refused { get; init; }
}

/// <param name="Cells">By half-day, as shown.</param>
public sealed record MatrixLineModel(
    string Name, string Funder, bool Region, string Key, IReadOnlyList<LearnerCell?> Cells, MonthFigures Figures);
