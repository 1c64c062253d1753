using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Functions.Absences.Api;

/// <param name="Learner">Whose it is; a learner files one's own.</param>
/// <param name="Code">Of the reason.</param>
public sealed record AbsenceBody(
    AbsencePoint First, AbsencePoint Last, string Code, string? Text = null, Reference? Learner = null);

/// <summary>A document of an absence.</summary>
/// <param name="Gone">Whether it was deleted when its term was over; its hash stays.</param>
public sealed record AbsenceDocument(int Number, string Type, string Sha256, DateTimeOffset At, bool Gone);

/// <summary>What was decided.</summary>
/// <param name="HalfDays">Those that it justifies.</param>
/// <param name="Left">How many it covers and does not justify.</param>
/// <param name="Code">Of the reason.</param>
/// <param name="Text">What the learner reads.</param>
/// <param name="Reason">Why it stands in place of the one before.</param>
public sealed record DecisionView(
    DateTimeOffset At,
    string By,
    IReadOnlyList<SessionId> HalfDays,
    int Left,
    string? Code,
    string? Text,
    bool DocumentSeen,
    string? Reason);

/// <summary>An absence.</summary>
/// <param name="HalfDays">Of an undecided one that was just filed, those that it covers; else those that are justified.</param>
/// <param name="Deadline">The last day on which the learner could file it.</param>
/// <param name="Earlier">What was decided before and stands no more.</param>
public sealed record AbsenceView(
    string Id,
    Reference Learner,
    AbsencePoint First,
    AbsencePoint Last,
    string Code,
    string? Label,
    AbsenceState State,
    DateTimeOffset FiledAt,
    string FiledBy,
    DateOnly Deadline,
    string? Text,
    IReadOnlyList<SessionId> HalfDays,
    IReadOnlyList<AbsenceDocument> Documents,
    DecisionView? Decision,
    IReadOnlyList<DecisionView> Earlier)
{
    public static AbsenceView Of(Absence absence, DateOnly today, IReadOnlyList<SessionId>? covered = null) => new(
        absence.Id.Value,
        absence.Learner,
        absence.Span.First,
        absence.Span.Last,
        absence.Code,
        absence.Filed?.Label,
        absence.StateOn(today),
        absence.FiledAt,
        absence.FiledBy,
        AbsenceRules.Deadline(absence.Span.Last.Date),
        absence.Text,
        covered ?? absence.Decision?.HalfDays ?? [],
        [.. absence.Files.Select(f => new AbsenceDocument(f.Number, f.Type, f.Sha256, f.At, f.Gone))],
        absence.Decision is { } decision ? Of(decision) : null,
        [.. absence.Earlier.Select(Of)]);

    /// <summary>What its learner reads: why it was decided anew is the organisation's.</summary>
    public AbsenceView ForLearner() =>
        this with { Earlier = [], Decision = Decision is { } made ? made with { Reason = null } : null };

    private static DecisionView Of(AbsenceDecision decision) => new(
        decision.At, decision.By, decision.HalfDays, decision.Left, decision.Reason?.Code, decision.Text, decision.DocumentSeen,
        decision.Why);
}

/// <param name="Continuation">Where the next page begins; null after the last.</param>
public sealed record AbsencesPage(IReadOnlyList<AbsenceView> Items, string? Continuation);
