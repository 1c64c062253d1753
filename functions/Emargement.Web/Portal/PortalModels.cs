using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Platform;

namespace Emargement.Web.Portal;

/// <summary>What the list of a month may be narrowed to, as addresses write it.</summary>
public static class PortalShows
{
    public const string Late = "late";
    public const string ToAcknowledge = "to-acknowledge";
    public const string Returned = "returned";
    public const string Provisional = "provisional";

    public static readonly IReadOnlyList<string> All = [ToAcknowledge, Late, Returned, Provisional];
}

/// <summary>What an officer's forms ask for, as they write it.</summary>
public static class PortalActs
{
    public const string Acknowledge = "acknowledge";
    public const string AcknowledgeAll = "acknowledge-all";
    public const string Return = "return";
    public const string Lock = "lock";
    public const string Unlock = "unlock";

    /// <summary>Answers of an amendment.</summary>
    public const string Agree = "agree";
    public const string Refuse = "refuse";
}

/// <summary>A month across the organisations of a Région.</summary>
/// <param name="Pages">Where the Région's pages are.</param>
/// <param name="Show">One of <see cref="PortalShows"/>, or null for all.</param>
public sealed record PortalMonthModel(string Pages, YearMonth Month, string? Show, IReadOnlyList<PortalRow> Rows)
{
    /// <summary>Whether the month after it has not begun.</summary>
    public bool IsLast { get; init; }

    /// <summary>How many organisations stand where, whatever is shown.</summary>
    public IReadOnlyDictionary<string, int> States { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether the reader may acknowledge.</summary>
    public bool MayAnswer { get; init; }

    /// <summary>Address of the next page; null on the last.</summary>
    public string? More { get; init; }

    /// <summary>How many were just acknowledged, and how many could not be.</summary>
    public int? Done { get; init; }

    public int Refused { get; init; }

    public string Address => $"{Pages}/months/{Month}";
}

/// <summary>Where an organisation's month stands, of the learners whom the Région pays.</summary>
/// <param name="Choice">What a form says to acknowledge it; null when there is nothing to.</param>
public sealed record PortalRow(
    string Href,
    string Name,
    string Nda,
    MonthState State,
    int Version,
    string VersionState,
    int? Completeness,
    int Sealed,
    int Due,
    int Anomalies,
    int WeeksValidated,
    int WeeksEnded,
    DateTimeOffset? ReceivedAt,
    bool Late,
    string? Choice);

/// <summary>One organisation's month.</summary>
/// <param name="Back">Address of the month.</param>
public sealed record PortalOrganisationModel(string Back, string Address, YearMonth Month, PortalRow Row)
{
    /// <summary>The form that comes back.</summary>
    public const string Form = "answer";

    public IReadOnlyList<PortalGroupRow> Groups { get; init; } = [];

    public IReadOnlyList<PortalCode> Codes { get; init; } = [];

    public IReadOnlyList<PortalVersion> Versions { get; init; } = [];

    /// <summary>What the Région last asked to take up again.</summary>
    public string? ReturnReason { get; init; }

    public bool MayAnswer { get; init; }

    /// <summary>Whether the reader may close the month.</summary>
    public bool MayLead { get; init; }

    /// <summary>One of <see cref="PortalActs"/>, just done.</summary>
    public string? Done { get; init; }

    public ReturnedForm? Returned { get; init; }
}

public sealed record PortalGroupRow(
    string Href, string Title, string Group, int? Completeness, int Sealed, int Due, int Anomalies, int Learners);

/// <param name="Href">Of its lines.</param>
/// <param name="Text">In French, as in the file.</param>
public sealed record PortalCode(string Href, string Text, int Count);

/// <param name="Differences">Address of what changed since the version before it; null for the first.</param>
public sealed record PortalVersion(
    int Version, string State, DateTimeOffset At, string Sha256, string? Differences, IReadOnlyList<LinkModel> Files);

/// <summary>The learners of a group whom the Région pays, with their half-days.</summary>
public sealed record PortalGroupModel(
    string Back, string Name, YearMonth Month, string Title, string Group, int Version, IReadOnlyList<PortalLearnerLines> Learners);

public sealed record PortalLearnerLines(string Name, string Reference, bool Complete, IReadOnlyList<PortalLine> HalfDays);

/// <param name="Status">As in the files.</param>
/// <param name="Method">As in the files.</param>
public sealed record PortalLine(
    DateOnly Date, HalfDay HalfDay, TimeOnly Start, TimeOnly End, string Status, string? Reason, string? Method, DateTimeOffset? SignedAt);

/// <summary>Rows of a version's files: what differs from another one, or the lines of its anomalies.</summary>
/// <param name="Count">How many there are; the first are shown.</param>
/// <param name="File">Where the whole file is; null when it is none.</param>
public sealed record PortalLinesModel(string Back, string Name, YearMonth Month, string Title, int Count, string? File)
{
    public IReadOnlyList<PortalFileLine> Lines { get; init; } = [];
}

/// <param name="Before">Null when there is nothing to compare with.</param>
public sealed record PortalFileLine(DateOnly? Date, string Session, string? Learner, string? Before, string After);

/// <summary>The organisations of a month that an inspector would ask something.</summary>
public sealed record PortalAnomaliesModel(string Pages, YearMonth Month, bool IsLast, IReadOnlyList<PortalRow> Rows, int Total);
