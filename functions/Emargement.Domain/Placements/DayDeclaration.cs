using System.Globalization;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements;

/// <summary>Working time that a declaration may state at most (Code du travail L.3121-18 and L.3121-20):
/// longer days or weeks are refused, never cut.</summary>
public static class DayLimits
{
    public const int MinutesADay = 10 * 60;

    public const int MinutesAWeek = 48 * 60;

    /// <summary>Characters of a reason or a comment.</summary>
    public const int Text = 500;
}

/// <summary>What a learner says of one day: worked hours, an absence, or nothing to declare.</summary>
public sealed record DayDeclaration
{
    public required DateOnly Date { get; init; }

    /// <summary>Minutes worked, breaks taken off; 0 on a day of absence or without work.</summary>
    public required int Minutes { get; init; }

    /// <summary>Local times, when the learner gave times rather than hours. An end before the start is on the next day.</summary>
    public TimeOnly? Start { get; init; }

    public TimeOnly? End { get; init; }

    public int? BreakMinutes { get; init; }

    /// <summary>Why the learner was absent; null when the day was worked.</summary>
    public string? AbsenceReason { get; init; }

    /// <summary>The learner confirmed having worked on a public holiday.</summary>
    public bool HolidayConfirmed { get; init; }

    public static DayDeclaration Worked(DateOnly date, int minutes) => new() { Date = date, Minutes = minutes };

    public static DayDeclaration Absent(DateOnly date, string reason) =>
        new() { Date = date, Minutes = 0, AbsenceReason = PlainText.Of(reason) };

    /// <summary>From times: end minus start minus the break.</summary>
    public static DayDeclaration Between(DateOnly date, TimeOnly start, TimeOnly end, int breakMinutes) => new()
    {
        Date = date,
        Start = start,
        End = end,
        BreakMinutes = breakMinutes,
        Minutes = (int)(end - start).TotalMinutes - breakMinutes,
    };

    /// <summary>Null when the day holds by itself, else the refusal, with the day at fault.</summary>
    public Refusal? Check(bool isHoliday)
    {
        if (Start is null != End is null || (Start is null && BreakMinutes is not null))
        {
            return Refuse("declaration-times-incomplete");
        }

        if (BreakMinutes < 0
            || Minutes < 0
            || (Start is { } start && End is { } end && Minutes != (int)(end - start).TotalMinutes - (BreakMinutes ?? 0)))
        {
            return Refuse("declaration-times-invalid");
        }

        if (AbsenceReason is not null
            && (Minutes > 0 || Start is not null || PlainText.Within(AbsenceReason, DayLimits.Text) is null))
        {
            return Refuse("declaration-absence-invalid");
        }

        if (Minutes > DayLimits.MinutesADay)
        {
            return Refuse("declaration-day-too-long");
        }

        return isHoliday && Minutes > 0 && !HolidayConfirmed ? Refuse("declaration-holiday-unconfirmed") : null;
    }

    private Refusal Refuse(string code) => Refusal.BadInput(code, ("day", Date.ToString("O", CultureInfo.InvariantCulture)));
}
