using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Absences;

/// <summary>A half-day in which a learner's absence is justified, and what its facts say of it.</summary>
/// <param name="By">Who accepted it.</param>
/// <param name="DocumentSha256">Of the document that was seen, when it was kept.</param>
public sealed record JustifiedHalfDay(
    AbsencePoint At, Reference Learner, AbsenceId Absence, string By, AbsenceReason? Reason, bool DocumentSeen, string? DocumentSha256)
{
    private const string Undone = "Décision sur l’absence revue";

    /// <summary>Whether it is one no more: the decision that justified it was undone.</summary>
    public bool IsUndone { get; init; }

    public static JustifiedHalfDay Of(Absence absence, AbsenceDecision decision, AbsencePoint at) => new(
        at, absence.Learner, absence.Id, decision.By, decision.Reason, decision.DocumentSeen,
        absence.Files.Count > 0 ? absence.Files[0].Sha256 : null);

    /// <summary>A half-day that a decision, which was undone, justified.</summary>
    public static JustifiedHalfDay OfUndone(Absence absence, AbsenceDecision decision, AbsencePoint at) =>
        new(at, absence.Learner, absence.Id, decision.By, null, DocumentSeen: false, null) { IsUndone = true };

    /// <summary>Whether a fact of this absence says the same already.</summary>
    public bool IsSaidBy(Fact fact) => fact switch
    {
        Marked m => m with { At = default, By = By } == ToMark(default),
        Corrected c => c with { At = default, By = By } == ToCorrection(default),
        _ => false,
    };

    /// <summary>What an open half-day, or a closing, says.</summary>
    public Marked ToMark(DateTimeOffset at) => new()
    {
        At = at,
        By = By,
        Learner = Learner,
        Mark = IsUndone ? AttendanceMark.AbsentUnjustified : AttendanceMark.AbsentJustified,
        Reason = Words,
        Claim = Absence.Value,
        Code = Code,
        DocumentSha256 = DocumentSha256,
        DocumentSeen = DocumentSeen ? true : null,
        CountsAsPresence = Counts,
        FunderCode = FunderCode,
    };

    /// <summary>What a closed half-day says.</summary>
    public Corrected ToCorrection(DateTimeOffset at) => new()
    {
        At = at,
        By = By,
        Learner = Learner,
        Mark = IsUndone ? AttendanceMark.AbsentUnjustified : AttendanceMark.AbsentJustified,
        Reason = Words,
        Claim = Absence.Value,
        Code = Code,
        DocumentSha256 = DocumentSha256,
        DocumentSeen = DocumentSeen ? true : null,
        CountsAsPresence = Counts,
        FunderCode = FunderCode,
    };

    // Facts last for years: none says anything of anybody's health.
    private string Words => IsUndone ? Undone : Reason is { Health: false } reason ? reason.Label : Statement.Discreet(DocumentSeen);

    private string? Code => Reason is { Health: false } reason ? reason.Code : null;

    private string? FunderCode => Reason is { Health: false } reason ? reason.FunderCode : null;

    private bool? Counts => Reason is { CountsAsPresence: true } ? true : null;
}
