using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Absences;

/// <summary>Whether an absence is paid: it informs, and computes nothing.</summary>
public enum PaidAbsence
{
    Unknown,
    Yes,
    No,
}

/// <summary>Why somebody was absent, as an organisation or a Région lists it.</summary>
/// <param name="Code">Capital letters, digits and dashes, 12 at most.</param>
/// <param name="Label">As sheets and lists say it, 80 characters at most; of a health reason only those who examine see it.</param>
/// <param name="Justified">Whether an absence for it is a justified one.</param>
/// <param name="DocumentRequired">Whether it is accepted only once a document was seen.</param>
/// <param name="LearnerMayFile">Whether learners may file it themselves.</param>
/// <param name="Health">Whether it tells of somebody's health: kept short, and in no fact, sheet, mail or log.</param>
public sealed record AbsenceReason(
    string Code, string Label, bool Justified, bool DocumentRequired, bool LearnerMayFile, bool Health)
{
    /// <summary>What stands in place of a health reason once its document is gone.</summary>
    public const string Forgotten = "JUS";

    private const int MaxCode = 12;
    private const int MaxLabel = 80;
    private const int MaxFunderCode = 40;

    /// <summary>Whether minutes absent for it count as presence elsewhere; the learner stays absent.</summary>
    public bool CountsAsPresence { get; init; }

    public PaidAbsence Paid { get; init; }

    /// <summary>Whether it is still proposed.</summary>
    public bool Active { get; init; } = true;

    /// <summary>The one funder for whose learners it is so, upper-case; null for all others.</summary>
    public string? Funder { get; init; }

    /// <summary>What the funder's own files call it.</summary>
    public string? FunderCode { get; init; }

    public static bool IsCode(string? text) =>
        text is { Length: > 0 and <= MaxCode } && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Itself with tidy words; or <c>reason-code-invalid</c>, <c>reason-label-invalid</c>.</summary>
    public Result<AbsenceReason> Tidy() =>
        !IsCode(Code) || Code == Forgotten ? Refusal.BadInput("reason-code-invalid")
        : PlainText.Within(Label, MaxLabel) is not { } label ? Refusal.BadInput("reason-label-invalid")
        : Statement.Tidy(FunderCode) is { } given && PlainText.Within(given, MaxFunderCode) is null
            ? Refusal.BadInput("reason-label-invalid")
        : this with { Label = label, FunderCode = Statement.Tidy(FunderCode) };
}
