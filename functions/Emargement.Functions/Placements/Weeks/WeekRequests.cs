using System.Globalization;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Placements.Weeks;

/// <summary>One day: either times and break, or minutes, or an absence with its reason.</summary>
/// <param name="Start">Local, HH:mm.</param>
public sealed record DayRequest(
    DateOnly Date,
    string? Start = null,
    string? End = null,
    int? BreakMinutes = null,
    int? Minutes = null,
    string? Absence = null,
    bool HolidayConfirmed = false)
{
    /// <returns>What is declared of the day, or <c>declaration-times-incomplete</c> when it is said in more ways than one,
    /// or in none.</returns>
    public Result<DayDeclaration> ToDeclaration() => this switch
    {
        { Absence: { } absence, Start: null, End: null, Minutes: null or 0 } => DayDeclaration.Absent(Date, absence),
        { Absence: null, Start: null, End: null, BreakMinutes: null, Minutes: { } minutes } =>
            DayDeclaration.Worked(Date, minutes) with { HolidayConfirmed = HolidayConfirmed },
        { Absence: null, Minutes: null } when Hour(Start) is { } start && Hour(End) is { } end =>
            DayDeclaration.Between(Date, start, end, BreakMinutes ?? 0) with { HolidayConfirmed = HolidayConfirmed },
        _ => Refusal.BadInput("declaration-times-incomplete", ("day", Date.ToString("O", CultureInfo.InvariantCulture))),
    };

    private static TimeOnly? Hour(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour) ? hour : null;
}

/// <param name="Drawing">SVG path of the learner's signature; this or a typed name.</param>
public sealed record DeclareRequest(IReadOnlyList<DayRequest> Days, string? Drawing = null, string? TypedName = null);

public sealed record MaintainRequest(IReadOnlyList<DateOnly> Days, string? Comment = null);

public sealed record JustifyRequest(IReadOnlyList<DateOnly> Days, string Reason);
