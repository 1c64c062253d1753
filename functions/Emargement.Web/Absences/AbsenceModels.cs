using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Platform;

namespace Emargement.Web.Absences;

/// <summary>The absences of an organisation, by what they wait for.</summary>
public sealed record AbsencesModel(OrganisationId Organisation, string Tab, IReadOnlyList<AbsenceLineModel> Lines)
{
    public const string ToExamine = "waiting";
    public const string Missing = "missing";
    public const string Announced = "announced";
    public const string Decided = "decided";

    public static IReadOnlyList<string> Tabs { get; } = [ToExamine, Missing, Announced, Decided];

    /// <summary>How many there are under each of the first tabs.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    /// <summary>Of those decided: the month, with the ones before and after.</summary>
    public YearMonth? Month { get; init; }
}

/// <param name="Where">Training and group; null where it may be several.</param>
/// <param name="Reason">Null for what nobody has filed.</param>
/// <param name="Documents">How many there are.</param>
/// <param name="Href">What settles it.</param>
public sealed record AbsenceLineModel(
    string Name, string? Where, AbsencePoint First, AbsencePoint Last, string? Reason, int Documents, DateTimeOffset Since,
    AbsenceState? State, string Href);

/// <summary>One absence, for who examines it.</summary>
public sealed record AbsenceModel(
    OrganisationId Organisation, AbsenceId Id, string Name, Reference Learner, AbsencePoint First, AbsencePoint Last, string Reason,
    DateTimeOffset FiledAt, AbsenceState State)
{
    public const string Form = "decision";

    /// <summary>Whoever examines files an absence at once without the learner.</summary>
    public bool ByStaff { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<AbsenceFile> Files { get; init; } = [];

    public IReadOnlyList<CoveredModel> HalfDays { get; init; } = [];

    public IReadOnlyList<ReasonModel> Reasons { get; init; } = [];

    public string Code { get; init; } = "";

    /// <summary>Half-days that are justified, once it is decided.</summary>
    public int Justified { get; init; }

    public int Left { get; init; }

    public string? Answer { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it was decided anew.</summary>
    public string? Why { get; init; }

    /// <summary>What was decided before, the first first.</summary>
    public IReadOnlyList<EarlierDecision> Earlier { get; init; } = [];

    public bool MayDecideAgain { get; init; }

    public ReturnedForm? Returned { get; init; }
}

/// <summary>A decision that stands no more.</summary>
/// <param name="Justified">How many half-days it justified.</param>
/// <param name="Answer">What the learner read.</param>
/// <param name="Why">Why it stood in place of one before.</param>
public sealed record EarlierDecision(DateTimeOffset At, int Justified, string? Answer, string? Why);

/// <param name="Status">What the record says now; null before it is opened.</param>
/// <param name="Signed">Then it is never justified.</param>
public sealed record CoveredModel(SessionId Session, string Training, AttendanceStatus? Status, bool Signed)
{
    /// <summary>Whether it is justified, or is to be.</summary>
    public bool Ticked { get; init; } = !Signed;
}

public sealed record ReasonModel(string Code, string Label);

/// <summary>What the form of a new absence holds.</summary>
public sealed record AbsenceFields(string? First, string? FirstHalf, string? Last, string? LastHalf, string? Code, string? Text);

/// <summary>An absence to file: a learner's own, or by who examines them.</summary>
/// <param name="Learner">Whose it is; null for a learner's own page.</param>
public sealed record NewAbsenceModel(
    OrganisationId Organisation, IReadOnlyList<ReasonModel> Reasons, AbsenceFields Fields, string? Learner = null)
{
    public const string Form = "absence";

    public ReturnedForm? Returned { get; init; }
}

/// <summary>A learner's own absences, the latest first.</summary>
public sealed record MyAbsencesModel(OrganisationId Organisation, IReadOnlyList<MyAbsenceModel> Absences)
{
    /// <summary>The one that was just filed.</summary>
    public string? Filed { get; init; }

    public ReturnedForm? Returned { get; init; }
}

/// <param name="Answer">What who examined it wrote.</param>
public sealed record MyAbsenceModel(
    AbsenceId Id, AbsencePoint First, AbsencePoint Last, string Reason, AbsenceState State, int Documents, bool DocumentWanted,
    int Justified, string? Answer);
