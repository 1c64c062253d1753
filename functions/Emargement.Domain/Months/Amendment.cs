using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Months;

/// <summary>Where an amendment stands.</summary>
public enum AmendmentState
{
    /// <summary>The Région has not answered.</summary>
    Proposed,

    /// <summary>The Région agrees: its corrections are being made.</summary>
    Agreed,

    Refused,

    /// <summary>Its corrections stand, and the Région has the version that says them.</summary>
    Made,
}

/// <summary>One correction of an amendment, with what it changes as it was when it was asked for.</summary>
/// <param name="Minutes">Late, or gone early; else 0.</param>
/// <param name="DoneBefore">Minutes done as the record said, and as it would say.</param>
public sealed record AmendmentItem(
    SessionId Session,
    Reference Training,
    Reference Learner,
    AttendanceMark Mark,
    int Minutes,
    SigningMethod? Method,
    AttendanceStatus Before,
    int DoneBefore,
    AttendanceStatus After,
    int DoneAfter)
{
    /// <summary>The same correction, whatever the record says meanwhile.</summary>
    public bool Repeats(AmendmentItem other) =>
        (Session, Learner, Mark, Minutes, Method) == (other.Session, other.Learner, other.Mark, other.Minutes, other.Method);
}

/// <summary>
/// Corrections of a closed month that an organisation asks its Région for: of learners whom the Région pays on the day, and nobody else.
/// What it asks for never changes; only the answer is added.
/// </summary>
/// <param name="Number">Within the month, 1 for the first.</param>
/// <param name="By">Who asks, as a fact's.</param>
/// <param name="Reason">Names nobody else: the Région reads it.</param>
public sealed record Amendment(
    YearMonth Month,
    int Number,
    AmendmentState State,
    string By,
    DateTimeOffset At,
    string Reason,
    IReadOnlyList<AmendmentItem> Items)
{
    /// <summary>Corrections at once at most.</summary>
    public const int Most = 200;

    /// <summary>What the Région says with its answer.</summary>
    public string? Answer { get; init; }

    public string? AnsweredBy { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Of the export that says it, once made.</summary>
    public int? Version { get; init; }

    /// <summary>As facts call it.</summary>
    public string Name => $"{Month}/{Number}";

    /// <summary>Whether it asks for the same, as the same call said twice does.</summary>
    public bool Repeats(Amendment other) =>
        (By, Reason, Items.Count) == (other.By, other.Reason, other.Items.Count)
        && Items.Zip(other.Items).All(pair => pair.First.Repeats(pair.Second));

    /// <summary>The facts of an amendment that was agreed to: dated as the answer, so that they are the same however often they are
    /// made.</summary>
    public IEnumerable<(SessionId Session, Corrected Fact)> Corrections() => Items.Select(item => (item.Session, new Corrected
    {
        At = AnsweredAt!.Value,
        By = By,
        Learner = item.Learner,
        Mark = item.Mark,
        Minutes = item.Minutes,
        Reason = Reason,
        Method = item.Method,
        Amendment = Name,
    }));
}
