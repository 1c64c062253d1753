using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Absences;

/// <summary>Names an absence that was filed: 24 hexadecimal digits, the same for the same filing.</summary>
public readonly record struct AbsenceId(string Value)
{
    private const int Digits = 24;

    /// <param name="turn">How many of the same were refused or withdrawn before.</param>
    public static AbsenceId Of(Reference learner, AbsenceSpan span, string code, int turn)
    {
        var said = $"{learner.Key}|{span.First.Date:yyyyMMdd}{(int)span.First.HalfDay}|{span.Last.Date:yyyyMMdd}{(int)span.Last.HalfDay}"
            + $"|{code}|{turn}";
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)))[..Digits]);
    }

    public static bool TryParse(string? text, out AbsenceId id)
    {
        id = new(text ?? "");
        return id.Value.Length == Digits && id.Value.All(char.IsAsciiHexDigitLower);
    }

    public override string ToString() => Value;
}

/// <summary>Where an absence stands.</summary>
public enum AbsenceState
{
    /// <summary>Undecided, and all of it is to come.</summary>
    Announced,

    /// <summary>Somebody has to examine it.</summary>
    Waiting,
    Accepted,

    /// <summary>Accepted for some of its half-days.</summary>
    Partly,
    Refused,
    Withdrawn,
}

/// <summary>A document, opened only by who examines it.</summary>
/// <param name="Type">Media type, as its first bytes say.</param>
/// <param name="Gone">Whether it was deleted when its term was over; its hash stays.</param>
public sealed record AbsenceFile(int Number, string Type, string Sha256, DateTimeOffset At, bool Gone = false);

/// <summary>What was decided, by whom.</summary>
/// <param name="HalfDays">Those that are justified now.</param>
/// <param name="Left">Those that were asked for and are not: signed, or not ticked.</param>
/// <param name="Reason">The reason as it was then; of a health reason nothing but <see cref="AbsenceReason.Forgotten"/> stays.</param>
/// <param name="Text">What the learner reads.</param>
/// <param name="DocumentSeen">Whether a document was seen.</param>
/// <param name="Why">Why it stands in place of the one before; null for a first one.</param>
public sealed record AbsenceDecision(
    DateTimeOffset At,
    string By,
    IReadOnlyList<SessionId> HalfDays,
    int Left,
    AbsenceReason? Reason,
    string? Text,
    bool DocumentSeen,
    string? Why = null);

/// <summary>An absence that somebody filed.</summary>
/// <param name="Code">Of the reason that was given.</param>
/// <param name="Text">What the learner adds; it never leaves the organisation.</param>
public sealed record Absence(
    AbsenceId Id, Reference Learner, AbsenceSpan Span, string Code, string? Text, DateTimeOffset FiledAt, string FiledBy)
{
    /// <summary>Files of one absence at most.</summary>
    public const int MostFiles = 3;

    /// <summary>Decisions of one absence at most, those that were undone among them.</summary>
    public const int MostDecisions = 5;

    /// <summary>The reason as it was when it was filed; null in those that were filed while there were only usual ones.</summary>
    public AbsenceReason? Reason { get; init; }

    /// <summary>Null while it is undecided.</summary>
    public AbsenceState? Outcome { get; init; }

    public IReadOnlyList<AbsenceFile> Files { get; init; } = [];

    public AbsenceDecision? Decision { get; init; }

    /// <summary>What was decided before and stands no more, the first first.</summary>
    public IReadOnlyList<AbsenceDecision> Earlier { get; init; } = [];

    /// <summary>Set when its term is over.</summary>
    public bool Forgotten { get; init; }

    /// <summary>Whether its documents were deleted, as foreseen.</summary>
    public bool IsForgotten => Forgotten || Code == AbsenceReason.Forgotten || Files.Any(f => f.Gone);

    /// <summary>Half-days that a decision justified, and none does any more.</summary>
    public IReadOnlyList<SessionId> Unsaid =>
        [.. Earlier.SelectMany(d => d.HalfDays).Distinct().Except(Decision?.HalfDays ?? []).Order()];

    /// <summary>When it was withdrawn or decided.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether a reason of health was given or decided, and not forgotten since.</summary>
    public bool IsHealth => Filed is { Health: true } || Decision?.Reason is { Health: true }
        || Earlier.Any(d => d.Reason is { Health: true });

    /// <summary>The reason that was given.</summary>
    public AbsenceReason? Filed => Reason ?? ReasonList.FindUsual(Code);

    public AbsenceState StateOn(DateOnly today) =>
        Outcome ?? (Span.First.Date > today ? AbsenceState.Announced : AbsenceState.Waiting);
}
