using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Web.Platform;

namespace Emargement.Web.Placements;

/// <summary>A day of a week, as the learner and the tutor see it.</summary>
/// <param name="Minutes">Declared; null while nothing is.</param>
/// <param name="Expected">Whether the learner owes a declaration for it; any other day may still have been worked.</param>
/// <param name="Justified">Whether the organisation accepted the absence; null without one.</param>
public sealed record PlacementDayModel(
    DateOnly Date,
    bool Expected,
    DayPhase Phase,
    int? Minutes,
    string? Start,
    string? End,
    int? BreakMinutes,
    string? Absence,
    bool? Justified,
    bool Holiday,
    bool ToCome,
    int? DisagreedMinutes,
    string? Reason,
    bool Maintained,
    string? Comment,
    int? ValidatedMinutes);

/// <param name="Seen">How many statements the page shows, so that nothing is signed unseen.</param>
public sealed record PlacementWeekModel(IsoWeek Week, int Seen, IReadOnlyList<PlacementDayModel> Days)
{
    public int DeclaredMinutes => Days.Sum(d => d.Minutes ?? 0);

    public int ValidatedMinutes => Days.Sum(d => d.ValidatedMinutes ?? 0);

    public bool ToValidate => Days.Any(d => d.Phase == DayPhase.ToValidate);

    public bool Settled => Days.Count > 0 && Days.All(d => d.Phase == DayPhase.Settled);
}

/// <param name="SealedAt">Null for a draft.</param>
public sealed record PlacementDocumentModel(
    string Url, DateOnly First, DateOnly Last, int Version, DateTimeOffset? SealedAt, string? VerifyUrl);

/// <summary>What the tutor's link opens.</summary>
/// <param name="Refusal">Why it opens nothing; then only <paramref name="CanRenew"/> counts.</param>
/// <param name="CanRenew">An expired link can ask for a new one, to the same address.</param>
/// <param name="Url">The API's address for this link.</param>
/// <param name="Documents">What was sealed, and what is to be signed.</param>
public sealed record TutorModel(
    string Url,
    string? Refusal,
    bool CanRenew,
    string Tutor,
    string Learner,
    string Company,
    DateOnly First,
    DateOnly Last,
    IReadOnlyList<PlacementWeekModel> Weeks,
    IReadOnlyList<PlacementDocumentModel> Documents)
{
    /// <summary>A form of this page that came back.</summary>
    public ReturnedForm? Returned { get; init; }

    /// <summary>When this tutor validated last; null when never, or when something waits again.</summary>
    public DateTimeOffset? ValidatedAt { get; init; }

    public bool HasWork => Weeks.Any(w => w.ToValidate);

    /// <summary>A day is back with the learner.</summary>
    public bool IsDisputed => Weeks.SelectMany(w => w.Days).Any(d => d.Phase == DayPhase.Disputed);
}

/// <summary>Whose device shows a week to declare.</summary>
public enum WeekDevice
{
    /// <summary>The learner's own.</summary>
    Own,

    /// <summary>One of the staff's, who can hand it over; nothing is declared on it before.</summary>
    OfStaff,

    /// <summary>One of the staff's, in the learner's hands.</summary>
    HandedOver,
}

/// <summary>One week to declare.</summary>
/// <param name="Url">The API's address of the week.</param>
/// <param name="MinutesADay">What was agreed for a day.</param>
/// <param name="Placement">The page of the placement, to go back to.</param>
public sealed record DeclareModel(
    string Url,
    string Company,
    string Learner,
    PlacementWeekModel Week,
    int MinutesADay,
    string? Previous,
    string? Next,
    WeekDevice Device,
    string Placement)
{
    /// <summary>A form of this page that came back.</summary>
    public ReturnedForm? Returned { get; init; }

    /// <summary>The week was declared by a form without the page's script, just now.</summary>
    public bool JustDeclared { get; init; }

    /// <summary>A day of it was maintained against the tutor, just now.</summary>
    public bool JustMaintained { get; init; }

    /// <summary>Something of the week may still be declared or corrected.</summary>
    public bool Open => Week.Days.Any(IsOpen);

    /// <summary>Whether the learner holds the device.</summary>
    public bool IsLearners => Device != WeekDevice.OfStaff;

    /// <summary>Days to fill in first: those that are expected, or that somebody spoke of.</summary>
    public IEnumerable<PlacementDayModel> Main => Week.Days.Where(d => d.Expected || d.Phase != DayPhase.Undeclared);

    /// <summary>Days that nobody expects and that may still have been worked: a Saturday, a public holiday.</summary>
    public IEnumerable<PlacementDayModel> Others => Week.Days.Where(d => !d.Expected && d.Phase == DayPhase.Undeclared && IsOpen(d));

    /// <summary>Whether hours alone were declared, without times.</summary>
    public bool HoursAlone => Week.Days.Any(d => d is { Minutes: > 0, Start: null });

    public static bool IsOpen(PlacementDayModel day) => day is { ToCome: false, Phase: not DayPhase.Settled };
}

public sealed record PlacementRowModel(
    string Url,
    string Learner,
    string Company,
    DateOnly First,
    DateOnly Last,
    PlacementProgressState State,
    int WeeksExpected,
    int WeeksDeclared,
    int WeeksValidated,
    int WeeksLate,
    DateTimeOffset? TutorAskedAt);

/// <param name="Rows">What needs a hand first.</param>
/// <param name="CanCreate">Whether the reader may make one.</param>
public sealed record PlacementsModel(OrganisationId Organisation, IReadOnlyList<PlacementRowModel> Rows, string? More, bool CanCreate);
