using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Absences;

/// <summary>A half-day of the calendar, whatever is planned in it.</summary>
public readonly record struct AbsencePoint(DateOnly Date, HalfDay HalfDay) : IComparable<AbsencePoint>
{
    public static AbsencePoint Of(SessionId session) => new(session.Date, session.HalfDay);

    public int CompareTo(AbsencePoint other) => (Date, HalfDay).CompareTo((other.Date, other.HalfDay));
}

/// <summary>From one half-day to another, both inclusive.</summary>
public sealed record AbsenceSpan(AbsencePoint First, AbsencePoint Last)
{
    /// <summary>Days of one absence at most.</summary>
    public const int MostDays = 31;

    public bool Covers(SessionId session) =>
        AbsencePoint.Of(session) is var point && point.CompareTo(First) >= 0 && point.CompareTo(Last) <= 0;

    public IReadOnlyList<YearMonth> Months => [.. YearMonth.Between(First.Date, Last.Date)];

    /// <returns>Null when it is one; else <c>end-before-start</c> or <c>absence-too-long</c>.</returns>
    public Refusal? Check() => Last.CompareTo(First) < 0 ? Refusal.BadInput("end-before-start")
        : Last.Date.DayNumber - First.Date.DayNumber >= MostDays ? Refusal.BadInput("absence-too-long")
        : null;
}
