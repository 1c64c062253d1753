using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Months;

/// <summary>What sort of thing waits for a person.</summary>
public enum PendingKind
{
    /// <summary>A half-day that is over and that nobody opened.</summary>
    NotOpened,

    /// <summary>A half-day that is over and still open.</summary>
    NotClosed,

    /// <summary>A half-day of a group on paper that is over and whose sheet nobody recorded.</summary>
    PaperDue,

    /// <summary>A closed half-day whose sheet does not say all yet.</summary>
    NotSealed,

    /// <summary>Closed by another person than its trainer, who has not countersigned.</summary>
    ClosedByOther,

    /// <summary>The trainer told of people in the room whom nobody enrolled.</summary>
    UnknownPerson,

    /// <summary>A trainer took over a colleague's half-day, and no manager has confirmed it.</summary>
    Takeover,

    /// <summary>A file says something else than what a person changed.</summary>
    Conflict,
    /// <summary>An absence that somebody filed and that nobody has examined.</summary>
    AbsenceWaiting,

    /// <summary>An absence that nobody has justified for some days.</summary>
    AbsenceDue,

    /// <summary>Something that an inspector would ask about: its code says what.</summary>
    Anomaly,
}

/// <summary>One thing that waits for a person: a line of « À régler ».</summary>
/// <param name="Code">Of the anomaly.</param>
/// <param name="Learner">Null when it concerns the whole half-day.</param>
/// <param name="Since">When it began to wait.</param>
/// <param name="Funded">Whether it touches learners whom the Région pays, and so stands against validating the month.</param>
public sealed record PendingItem(
    PendingKind Kind,
    string? Code,
    SessionId Session,
    Reference? Learner,
    Reference Training,
    string Group,
    Reference? Trainer,
    DateTimeOffset Since,
    bool Funded)
{
    /// <summary>The training's title, for lists.</summary>
    public string? Title { get; init; }

    /// <summary>The learner's name, for lists.</summary>
    public string? Name { get; init; }

    /// <summary>The absence that waits, when it is one.</summary>
    public string? Absence { get; init; }

    /// <summary>What names the thing among all that waits: the same thing keeps its name from one calculation to the next.</summary>
    public string Id => IdOf(Kind, Session, Code, Learner);

    /// <summary>How it is settled before the month is validated; null when it need not be.</summary>
    public Blocking? Blocks => !Funded ? null : BlockingRules.Of(Kind, Code);

    public static string IdOf(PendingKind kind, SessionId session, string? code = null, Reference? learner = null) => string.Create(
        CultureInfo.InvariantCulture, $"{session.Month}|{code ?? CodeOf(kind)}|{session}|{learner?.Key}");

    public static string CodeOf(PendingKind kind) => kind switch
    {
        PendingKind.NotOpened => "not-opened",
        PendingKind.NotClosed => "not-closed",
        PendingKind.PaperDue => "paper-due",
        PendingKind.NotSealed => "not-sealed",
        PendingKind.ClosedByOther => "closed-by-other",
        PendingKind.AbsenceWaiting => "absence-waiting",
        PendingKind.AbsenceDue => "absence-due",
        PendingKind.UnknownPerson => "unknown-person",
        PendingKind.Takeover => Planning.Hand.Takeover.Code,
        PendingKind.Conflict => "conflict",
        _ => "anomaly",
    };
}

/// <summary>What stands against validating a month.</summary>
public enum Blocking
{
    /// <summary>It is to be settled.</summary>
    Settled,

    /// <summary>It is to be settled, or accepted with a reason.</summary>
    Accepted,
}

/// <summary>What each thing means for the validation of its month.</summary>
public static class BlockingRules
{
    private static readonly HashSet<string> Harmless = new(
        [Anomaly.EditedByHand.Code, Anomaly.LatePlanning.Code, Anomaly.Corrected.Code, Anomaly.UnplannedLearner.Code],
        StringComparer.Ordinal);

    private static readonly HashSet<string> Grave = new([Anomaly.Unsigned.Code, Anomaly.NotClosed.Code], StringComparer.Ordinal);

    public static Blocking? Of(PendingKind kind, string? code) => kind switch
    {
        PendingKind.NotOpened or PendingKind.NotClosed or PendingKind.PaperDue or PendingKind.NotSealed or PendingKind.AbsenceWaiting =>
            Blocking.Settled,
        PendingKind.ClosedByOther => Blocking.Accepted,
        PendingKind.Anomaly when code is not null && Grave.Contains(code) => Blocking.Settled,
        PendingKind.Anomaly when code is not null && !Harmless.Contains(code) => Blocking.Accepted,
        _ => null,
    };

    /// <summary>Whether a person may accept it with a reason.</summary>
    public static bool IsAcceptable(string code) =>
        code == Anomaly.ClosedByOther.Code
        || (Anomaly.All.Any(a => a.Code == code) && Of(PendingKind.Anomaly, code) == Blocking.Accepted);
}
