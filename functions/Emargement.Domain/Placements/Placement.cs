using System.Globalization;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements;

/// <summary>A learner's time in a company (stage, période en entreprise): weekly declared hours,
/// validated by a tutor who has no account.</summary>
public sealed record Placement
{
    public required OrganisationId Organisation { get; init; }

    public required PlacementId Id { get; init; }

    public required Reference LearnerRef { get; init; }

    public required Reference TrainingRef { get; init; }

    public required string Group { get; init; }

    /// <summary>What was agreed, as last changed.</summary>
    public required PlacementTerms Terms { get; init; }

    /// <summary>0 when created, one more with each change; a change names the version it was made from.</summary>
    public required int Version { get; init; }

    public bool Cancelled { get; init; }
}

/// <summary>When a tutor is asked to validate.</summary>
public enum ValidationRhythm
{
    /// <summary>Once, when the placement ends.</summary>
    AtEnd,

    /// <summary>At the end of each month too, so that the Région's month is complete.</summary>
    Monthly,
}

/// <summary>What the company, the learner and the organisation agreed. Replaced whole by each change.</summary>
public sealed record PlacementTerms
{
    /// <summary>Days of a placement at most: 98 weeks, so that the tutor validates all of it in one transaction (100 rows at
    /// most).</summary>
    public const int MaxDays = 680;

    private const int MaxText = 200;

    public required string Company { get; init; }

    /// <summary>In order of time; together they cover every day from the first to the last.</summary>
    public required IReadOnlyList<TutorPeriod> Tutors { get; init; }

    public required DateOnly FirstDay { get; init; }

    /// <summary>Inclusive.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Minutes of work expected on each working day.</summary>
    public required int MinutesADay { get; init; }

    /// <summary>Days of the week on which the learner is expected; Monday to Friday unless said.</summary>
    public IReadOnlyList<DayOfWeek> WorkDays { get; init; } =
    [
        DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday,
    ];

    /// <summary>Days off inside the placement: a week of holidays, a week in the centre.</summary>
    public IReadOnlyList<DayRange> DaysOff { get; init; } = [];

    public ValidationRhythm Validation { get; init; }

    public bool Contains(DateOnly day) => FirstDay <= day && day <= LastDay;

    /// <summary>Whether the learner is expected that day, public holidays apart.</summary>
    public bool IsWorkDay(DateOnly day) => Contains(day) && WorkDays.Contains(day.DayOfWeek) && !DaysOff.Any(r => r.Contains(day));

    /// <summary>Null when the terms hold together, else what is wrong with them.</summary>
    public Refusal? Check()
    {
        if (PlainText.Within(Company, MaxText) is null)
        {
            return Refusal.BadInput("placement-company-missing");
        }

        if (LastDay < FirstDay || LastDay.DayNumber - FirstDay.DayNumber >= MaxDays)
        {
            return Refusal.BadInput("placement-dates-invalid");
        }

        if (MinutesADay is < 1 or > DayLimits.MinutesADay)
        {
            return Refusal.BadInput("placement-hours-invalid");
        }

        if (WorkDays.Count == 0 || WorkDays.Distinct().Count() != WorkDays.Count || DaysOff.Any(r => r.Last < r.First))
        {
            return Refusal.BadInput("placement-days-invalid");
        }

        if (!new DayRange(FirstDay, LastDay).Days().Any(IsWorkDay))
        {
            return Refusal.BadInput("placement-without-day");
        }

        return TutorsCover() ? null : Refusal.BadInput("placement-tutors-invalid");
    }

    /// <summary>The terms with another tutor from a day on, until the last day: those who answered from then on no longer do.</summary>
    /// <returns>The terms, or <c>placement-tutors-invalid</c> when the day is not one of the placement.</returns>
    public Result<PlacementTerms> WithTutor(string name, EmailAddress? email, string language, DateOnly from)
    {
        if (!Contains(from))
        {
            return Refusal.BadInput("placement-tutors-invalid");
        }

        var before = Tutors.Where(t => t.From < from).Select(t => t.To < from ? t : t with { To = from.AddDays(-1) });
        return this with { Tutors = [.. before, new TutorPeriod(TutorPeriod.NextKey(Tutors), name, email, from, LastDay, language)] };
    }

    /// <summary>The terms with another address of a tutor, and another name if one is given.</summary>
    /// <returns>The terms, or <c>tutor-unknown</c>.</returns>
    public Result<PlacementTerms> WithAddress(string tutor, EmailAddress email, string? name) =>
        Tutors.All(t => t.Key != tutor)
            ? Refusal.NotFound("tutor-unknown")
            : this with { Tutors = [.. Tutors.Select(t => t.Key == tutor ? t with { Email = email, Name = name ?? t.Name } : t)] };

    private bool TutorsCover()
    {
        if (Tutors.Count == 0 || Tutors[0].From > FirstDay || Tutors[^1].To < LastDay
            || Tutors.Select(t => t.Key).Distinct().Count() != Tutors.Count
            || Tutors.Any(t => t.To < t.From || PlainText.Within(t.Name, MaxText) is null))
        {
            return false;
        }

        return Tutors.Zip(Tutors.Skip(1)).All(p => p.First.To.AddDays(1) == p.Second.From);
    }
}

/// <summary>Who answers for the learner in the company, and when.</summary>
/// <param name="Key">Stays the same when the name or the address changes: <c>t1</c>, <c>t2</c>, …</param>
/// <param name="Email">None: the organisation records a paper form.</param>
/// <param name="Language">Two letters: of the mail and of the page.</param>
public sealed record TutorPeriod(string Key, string Name, EmailAddress? Email, DateOnly From, DateOnly To, string Language = "fr")
{
    /// <summary>A key that none of these tutors has.</summary>
    public static string NextKey(IEnumerable<TutorPeriod> tutors) =>
        string.Create(CultureInfo.InvariantCulture, $"t{1 + tutors.Select(t => NumberOf(t.Key)).DefaultIfEmpty().Max()}");

    /// <summary>The number in a key; 0 in a key that has none.</summary>
    public static int NumberOf(string? key) =>
        key is ['t', .. var digits] && int.TryParse(digits, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>When only the dates of a placement move, the first and the last tutor follow them;
    /// a tutor of whom no day is left goes.</summary>
    public static IReadOnlyList<TutorPeriod> Stretch(IReadOnlyList<TutorPeriod> tutors, DateOnly first, DateOnly last)
    {
        var kept = tutors.Where(t => t.From <= last && first <= t.To).ToList();
        var within = kept.Count > 0 ? kept : [first > tutors[^1].To ? tutors[^1] : tutors[0]];
        return [.. within.Select((t, i) => t with { From = i == 0 ? first : t.From, To = i == within.Count - 1 ? last : t.To })];
    }
}

/// <summary>Days from <paramref name="First"/> to <paramref name="Last"/>, both inclusive.</summary>
public readonly record struct DayRange(DateOnly First, DateOnly Last)
{
    public bool Contains(DateOnly day) => First <= day && day <= Last;

    public IEnumerable<DateOnly> Days()
    {
        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            yield return day;
        }
    }
}
