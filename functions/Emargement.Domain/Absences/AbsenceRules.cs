using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Absences;

/// <summary>What may be filed and decided, and until when it is kept.</summary>
public static class AbsenceRules
{
    /// <summary>Days before its first half-day from which an absence may be announced.</summary>
    public const int DaysBefore = 30;

    /// <summary>Days after its last half-day until which a learner may file it.</summary>
    public const int DaysAfter = 7;

    public const int MaxText = 500;

    private const int DaysAfterRefusal = 30;
    private const int MonthsOfHealth = 6;
    private const int MonthsOfOthers = 12;

    /// <summary>The last day on which a learner may file an absence that ends on a day.</summary>
    public static DateOnly Deadline(DateOnly last) => last.AddDays(DaysAfter);

    /// <summary>Whether this may be filed today.</summary>
    /// <param name="byLearner">By the learner, who has limits that those who examine have not.</param>
    public static Refusal? CheckFiling(
        Organisation organisation, AbsenceSpan span, AbsenceReason? reason, string? text, bool byLearner, DateOnly today) =>
        span.Check() is { } invalid ? invalid
        : reason is not { Justified: true } || (byLearner && !reason.LearnerMayFile) ? Refusal.BadInput("reason-code-unknown")
        : Statement.Tidy(text) is { } said && PlainText.Within(said, MaxText) is null ? Refusal.BadInput("reason-invalid")
        : span.First.Date > today.AddDays(DaysBefore) ? Refusal.Conflict("absence-too-early")
        : byLearner && today > Deadline(span.Last.Date) ? Refusal.Conflict(
            "absence-too-late", ("day", Deadline(span.Last.Date).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)))
        : organisation.Refuses([.. span.Months]);

    /// <summary>Decides an absence; again only for a reason, and the decision before stays beside.</summary>
    /// <param name="asked">How many half-days it covers.</param>
    /// <returns>It decided; or <c>absence-decided</c>, <c>document-gone</c>, <c>document-missing</c>, <c>refusal-text-missing</c>.
    /// </returns>
    public static Result<Absence> Decide(Absence absence, AbsenceDecision decision, int asked) =>
        absence.Outcome is not null && !MayDecideAgain(absence, decision) ? Refusal.Conflict("absence-decided")
        : absence is { Outcome: not null, IsForgotten: true } ? Refusal.Of("document-gone", RefusalKind.Gone)
        : decision.HalfDays.Count == 0 && decision.Text is null ? Refusal.BadInput("refusal-text-missing")
        : decision is { HalfDays.Count: > 0, DocumentSeen: false, Reason.DocumentRequired: true } ? Refusal.BadInput("document-missing")
        : absence with
        {
            Decision = decision,
            Earlier = absence.Decision is { } before ? [.. absence.Earlier, before] : absence.Earlier,
            EndedAt = decision.At,
            Outcome = decision.HalfDays.Count == 0 ? AbsenceState.Refused
                : decision.HalfDays.Count < asked ? AbsenceState.Partly
                : AbsenceState.Accepted,
        };

    private static bool MayDecideAgain(Absence absence, AbsenceDecision decision) =>
        decision.Why is not null && absence.Decision is not null && absence.Earlier.Count + 1 < Absence.MostDecisions;

    /// <returns>It withdrawn, also when it was; or <c>absence-decided</c>.</returns>
    public static Result<Absence> Withdraw(Absence absence, DateTimeOffset now) => absence.Outcome switch
    {
        AbsenceState.Withdrawn => absence,
        null => absence with { Outcome = AbsenceState.Withdrawn, EndedAt = now },
        _ => Refusal.Conflict("absence-decided"),
    };

    /// <summary>The day from which its documents, and a health reason, are kept no more.</summary>
    /// <param name="lockedOn">When the last of its months was locked; null while one is not.</param>
    public static DateOnly KeptUntil(Absence absence, DateOnly? lockedOn)
    {
        var ended = DateOnly.FromDateTime((absence.EndedAt ?? absence.FiledAt).UtcDateTime);
        if (absence.Outcome is AbsenceState.Refused or AbsenceState.Withdrawn)
        {
            return ended.AddDays(DaysAfterRefusal);
        }

        if (!absence.IsHealth || absence.Outcome is null)
        {
            return ended.AddMonths(MonthsOfOthers);
        }

        var latest = ended.AddMonths(MonthsOfHealth);
        return lockedOn?.AddDays(DaysAfterRefusal) is { } locked && locked < latest ? locked : latest;
    }

    /// <summary>The first day on which that day may have come, whenever its months are locked.</summary>
    public static DateOnly LookedAtFrom(Absence absence) =>
        KeptUntil(absence, DateOnly.FromDateTime((absence.EndedAt ?? absence.FiledAt).UtcDateTime));

    /// <summary>It as it stays once that day has come: what was seen and its hash, and nothing of anybody's health.</summary>
    public static Absence Forget(Absence absence)
    {
        return absence with
        {
            Code = absence.IsHealth ? AbsenceReason.Forgotten : absence.Code,
            Reason = absence.IsHealth ? Neutral : absence.Reason,
            Text = null,
            Forgotten = true,
            Files = [.. absence.Files.Select(f => f with { Gone = true })],
            Decision = absence.Decision is { } decision ? Forget(decision) : null,
            Earlier = [.. absence.Earlier.Select(Forget)],
        };
    }

    private static AbsenceDecision Forget(AbsenceDecision decision) =>
        decision with { Reason = decision.Reason is { Health: true } ? Neutral : decision.Reason, Text = null, Why = null };

    private static AbsenceReason Neutral { get; } = new(AbsenceReason.Forgotten, "Absence justifiée", true, true, false, false);
}
