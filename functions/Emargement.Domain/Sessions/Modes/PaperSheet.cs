using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions.Modes;

/// <summary>What a person read of one learner on a signed sheet.</summary>
public sealed record PaperPerson(Reference Learner, AttendanceMark Mark, int? Minutes = null, string? Reason = null);

/// <summary>What a person read on a signed sheet.</summary>
/// <param name="Scan">SHA-256 of the scan.</param>
/// <param name="Reason">Obligatory where the group signs electronically that month; where it signs on paper, it says nothing.</param>
public sealed record PaperEntry(
    string Scan, bool TrainerSigned, int HeadCount, IReadOnlyList<PaperPerson> People, string? Reason = null);

/// <summary>The rules of a half-day recorded from paper.</summary>
public static class PaperSheet
{
    /// <summary>The facts of a half-day recorded from its sheet: one a learner, and the closing, last.</summary>
    /// <param name="expected">Who is expected: each is stated, and nobody else.</param>
    /// <param name="known">What is known already.</param>
    /// <param name="mode">Of the session's group that month.</param>
    /// <param name="excused">What accepted absences say of learners who, the sheet says, did not come.</param>
    /// <returns>The facts, or <c>group-electronic</c>, <c>reason-invalid</c>, <c>paper-signed</c>, <c>paper-entered</c>,
    /// <c>not-enrolled</c>, <c>mark-minutes</c> or <c>paper-incomplete</c>.</returns>
    public static Result<IReadOnlyList<Fact>> Read(
        PaperEntry entry,
        Session session,
        IReadOnlyCollection<Reference> expected,
        IReadOnlyCollection<Fact> known,
        SigningMode mode,
        IReadOnlyCollection<Marked> excused,
        string by,
        DateTimeOffset now)
    {
        var reason = mode == SigningMode.Paper ? null : Statement.Tidy(entry.Reason);
        if ((CheckReason(reason, mode) ?? CheckKnown(entry, known) ?? CheckPeople(entry, session, expected)) is { } refusal)
        {
            return refusal;
        }

        var at = known.Select(f => f.At).Append(now).Max();
        var read = entry.People.Select(p => new OnPaper
        {
            At = at,
            By = by,
            Learner = p.Learner,
            Mark = p.Mark,
            Minutes = p.Minutes ?? 0,
            Reason = Statement.Tidy(p.Reason),
            Scan = entry.Scan,
        }).ToList();
        var written = known.OfType<OnPaper>().Select(o => o.Learner).ToHashSet();

        // Whoever opens it at this moment, and this, exclude each other.
        Fact[] opening = known.Any(f => f is Opened) ? [] : [new Opened { At = at, By = by }];
        return Result<IReadOnlyList<Fact>>.FromT(
        [
            .. read.Where(o => !written.Contains(o.Learner)),
            .. Closing.Excused(at, expected, [.. known, .. read], excused),
            .. opening,
            new Closed
            {
                At = at,
                By = by,
                HeadCount = entry.HeadCount,
                Expected = expected.Count,
                SignedCount = read.Count(o => o.IsPresent),
                Paper = entry.Scan,
                TrainerSigned = entry.TrainerSigned,
                Reason = reason,
            },
        ]);
    }

    /// <summary>Whether an entry says again what was recorded: the one that comes second, and says something else, is told.</summary>
    public static bool Repeats(PaperEntry entry, IReadOnlyCollection<Fact> recorded)
    {
        var read = recorded.OfType<OnPaper>().ToList();
        return recorded.OfType<Closed>().FirstOrDefault() is { } closed
            && (closed.Paper, closed.TrainerSigned, closed.HeadCount) == (entry.Scan, entry.TrainerSigned, entry.HeadCount)
            && read.Count == entry.People.Count
            && read.All(said => Says(entry, said));
    }

    private static Refusal? CheckReason(string? reason, SigningMode mode) =>
        mode == SigningMode.Paper ? null
        : reason is null ? Refusal.Conflict("group-electronic")
        : PlainText.Within(reason, Statement.MaxReason) is null ? Refusal.BadInput("reason-invalid")
        : null;

    // A half-day is proven in one way. A closing of more people than one transaction takes may have been cut short: the same one goes on.
    private static Refusal? CheckKnown(PaperEntry entry, IReadOnlyCollection<Fact> known) =>
        known.Any(f => f is Signed) ? Refusal.Conflict("paper-signed")
        : known.Any(f => f is NotSigned || (f is OnPaper said && !Says(entry, said))) ? Refusal.Conflict("paper-entered")
        : null;

    private static Refusal? CheckPeople(PaperEntry entry, Session session, IReadOnlyCollection<Reference> expected) =>
        entry.People.Select(p => !expected.Contains(p.Learner)
                ? Refusal.Conflict("not-enrolled")
                : Statement.Check(p.Mark, p.Minutes, p.Reason, session.PlannedMinutes))
            .FirstOrDefault(refusal => refusal is not null)
        ?? (entry.People.Count == expected.Count && entry.People.DistinctBy(p => p.Learner).Count() == expected.Count
            ? null
            : Refusal.BadInput("paper-incomplete"));

    private static bool Says(PaperEntry entry, OnPaper said) => said.Scan == entry.Scan && entry.People.Any(
        p => (p.Learner, p.Mark, p.Minutes ?? 0, Statement.Tidy(p.Reason)) == (said.Learner, said.Mark, said.Minutes, said.Reason));
}
