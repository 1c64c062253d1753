namespace Emargement.Domain.Placements;

/// <summary>Where a placement stands, in the order in which a manager looks.</summary>
public enum PlacementProgressState
{
    /// <summary>Not begun.</summary>
    ToCome,

    /// <summary>Begun, and nothing is missing so far.</summary>
    InProgress,

    /// <summary>A week that is over is not declared.</summary>
    DeclarationLate,

    /// <summary>The learner is to answer the tutor's disagreement.</summary>
    Disputed,

    /// <summary>The tutor was asked and has not answered all.</summary>
    WaitingForTutor,

    /// <summary>The tutor did not answer the reminders, or has no address: a hand is needed.</summary>
    TutorSilent,

    /// <summary>All is validated and sealed.</summary>
    Sealed,

    Cancelled,
}

/// <param name="WeeksExpected">Weeks that hold a day on which the learner is expected.</param>
/// <param name="WeeksLate">Weeks that are over and not fully declared.</param>
/// <param name="TutorAskedAt">When the tutor was last asked or reminded.</param>
public sealed record PlacementProgress(
    PlacementProgressState State, int WeeksExpected, int WeeksDeclared, int WeeksValidated, int WeeksLate, DateTimeOffset? TutorAskedAt)
{
    private static readonly TimeOnly WeekEnds = new(16, 0);

    /// <summary>States in which somebody of the organisation has something to do.</summary>
    public static IReadOnlyList<PlacementProgressState> NeedingHand { get; } =
    [
        PlacementProgressState.TutorSilent, PlacementProgressState.DeclarationLate, PlacementProgressState.Disputed,
    ];

    public static PlacementProgress Of(PlacementState state, PlacementCalendar calendar, PlacementClock clock, DateTimeOffset now)
    {
        var periods = calendar.Periods();
        var parts = periods.SelectMany(calendar.Parts).ToList();
        bool All(WeekPart part, Func<DayPhase, bool> holds) => part.Expected.All(d => holds(state.Day(d).Phase));

        var late = parts.Count(p => clock.At(p.LastExpected, WeekEnds) <= now && !All(p, x => x != DayPhase.Undeclared));
        var asked = state.Mails.Where(m => m.Purpose == MailPurpose.ValidateHours).Select(m => (DateTimeOffset?)m.At).Max();
        var waits = TutorStatementsWait(state);
        var isSealed = parts.Count > 0
            && parts.All(p => All(p, x => x == DayPhase.Settled))
            && periods.All(p => state.Documents.Any(d => d.Period == p.Key));
        var told = state.Mails.Where(m => m.Purpose == MailPurpose.TutorSilent).Select(m => (DateTimeOffset?)m.At).Max();
        var which = state.Placement.Cancelled ? PlacementProgressState.Cancelled
            : isSealed ? PlacementProgressState.Sealed
            : state.Days.Any(d => d.Phase == DayPhase.Disputed) ? PlacementProgressState.Disputed
            : waits && told is not null && (asked is null || told > asked) ? PlacementProgressState.TutorSilent
            : late > 0 ? PlacementProgressState.DeclarationLate
            : waits && asked is not null ? PlacementProgressState.WaitingForTutor
            : clock.At(state.Placement.Terms.FirstDay, TimeOnly.MinValue) > now ? PlacementProgressState.ToCome
            : PlacementProgressState.InProgress;
        return new PlacementProgress(
            which,
            parts.Count,
            parts.Count(p => All(p, x => x != DayPhase.Undeclared)),
            parts.Count(p => All(p, x => x == DayPhase.Settled)),
            late,
            asked);
    }

    private static bool TutorStatementsWait(PlacementState state) =>
        state.Placement.Terms.Tutors.Any(t => TutorStatements.ToValidate(state, t).Any());
}
