using Emargement.Domain.Placements;
using Emargement.Domain.Platform;

namespace Emargement.Web.Placements.Following;

/// <summary>One placement, as the organisation follows it.</summary>
public sealed record PlacementPageModel
{
    /// <summary>What a manager can do to a placement: the ids of its dialogs.</summary>
    public static IReadOnlyList<string> Acts { get; } =
        ["resend", "address", "revoke", "dates", "days-off", "next-tutor", "cancel", "justify", "paper"];

    /// <summary>What was just done, one of <see cref="Acts"/>; null when the page comes after nothing.</summary>
    public string? Did { get; init; }

    public required OrganisationId Organisation { get; init; }

    /// <summary>The API's address of the placement.</summary>
    public required string Url { get; init; }

    /// <summary>Address of the page on which a week is declared, without the week.</summary>
    public required string WeekUrl { get; init; }

    /// <summary>What a change must name.</summary>
    public required int Version { get; init; }

    /// <summary>Whether the reader may change it: managers do, trainers read.</summary>
    public required bool CanChange { get; init; }

    public required string Learner { get; init; }

    public required string Training { get; init; }

    public required string Group { get; init; }

    public required string Company { get; init; }

    public required DateOnly First { get; init; }

    public required DateOnly Last { get; init; }

    public required DateOnly Today { get; init; }

    public required int MinutesADay { get; init; }

    public required PlacementProgressState State { get; init; }

    public required IReadOnlyList<DayRange> DaysOff { get; init; }

    public required IReadOnlyList<PlacementTutorModel> Tutors { get; init; }

    public required IReadOnlyList<PlacementWeekModel> Weeks { get; init; }

    public required IReadOnlyList<PlacementMailModel> Mails { get; init; }

    public required IReadOnlyList<PlacementDocumentModel> Documents { get; init; }

    public required IReadOnlyList<PlacementChangeModel> Changes { get; init; }

    public bool IsOpen => State is not (PlacementProgressState.Cancelled or PlacementProgressState.Sealed);

    /// <summary>Absences that the organisation may accept.</summary>
    public IEnumerable<PlacementDayModel> Absences =>
        Weeks.SelectMany(w => w.Days).Where(d => d.Absence is not null && d.Justified == false);

    /// <summary>Days that a paper form may settle: those that began and that nobody validated.</summary>
    public IEnumerable<PlacementDayModel> Unsettled =>
        Weeks.SelectMany(w => w.Days).Where(d => d is { ToCome: false, Phase: not DayPhase.Settled });
}

public sealed record PlacementTutorModel(string Key, string Name, string? Email, DateOnly From, DateOnly To);

/// <param name="Kind">What for: <c>declare-week</c>, <c>validate-hours</c>, …</param>
/// <param name="To">A name, with the address for a tutor.</param>
/// <param name="State">What became of it: <c>queued</c>, <c>sent</c>, <c>refused</c>, <c>uncertain</c>, <c>dropped</c>.</param>
public sealed record PlacementMailModel(DateTimeOffset At, string Kind, int Step, string To, string State);

/// <param name="Kind"><c>created</c>, <c>changed</c>, <c>cancelled</c>, <c>revoked</c>, <c>paper</c>, <c>justified</c>.</param>
public sealed record PlacementChangeModel(DateTimeOffset At, string Kind, string By, string? Reason);

/// <summary>The form for a new placement: who, then what was agreed.</summary>
/// <param name="Query">What was searched; null at first.</param>
/// <param name="Found">Learners found.</param>
/// <param name="Learner">The learner chosen.</param>
public sealed record NewPlacementModel(
    OrganisationId Organisation,
    string? Query,
    IReadOnlyList<FoundLearnerModel> Found,
    FoundLearnerModel? Learner,
    IReadOnlyList<FoundEnrolmentModel> Enrolments);

public sealed record FoundLearnerModel(string Reference, string Name);

/// <param name="Company">What the planning's files know of it.</param>
public sealed record FoundEnrolmentModel(string Training, string Title, string Group, string? Company, string? Tutor, string? TutorEmail);
