using Emargement.Domain.Placements;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Placements.Terms;

/// <param name="Key">Of a tutor whom the placement already has, so that a changed name or address changes that tutor;
/// null for a new one.</param>
/// <param name="From">The placement's first day unless given.</param>
/// <param name="To">The placement's last day unless given.</param>
public sealed record TutorRequest(
    string Name, EmailAddress? Email = null, DateOnly? From = null, DateOnly? To = null, string? Language = null, string? Key = null);

/// <param name="MinutesADay">Minutes of work expected on each working day.</param>
public sealed record CreatePlacementRequest(
    Reference Learner,
    Reference Training,
    string Group,
    string Company,
    IReadOnlyList<TutorRequest> Tutors,
    DateOnly FirstDay,
    DateOnly LastDay,
    int MinutesADay,
    IReadOnlyList<DayOfWeek>? WorkDays = null,
    IReadOnlyList<DayRange>? DaysOff = null,
    ValidationRhythm? Validation = null)
{
    public PlacementTerms ToTerms(ValidationRhythm usual)
    {
        var terms = new PlacementTerms
        {
            Company = PlainText.Of(Company),
            FirstDay = FirstDay,
            LastDay = LastDay,
            MinutesADay = MinutesADay,
            Tutors = TutorPeriods.ToPeriods(Tutors, FirstDay, LastDay),
            DaysOff = DaysOff ?? [],
            Validation = Validation ?? usual,
        };
        return WorkDays is null ? terms : terms with { WorkDays = WorkDays };
    }
}

/// <summary>What changes; what is left out stays.</summary>
/// <param name="Version">The version that the caller had read.</param>
public sealed record ChangePlacementRequest(
    int Version,
    string Reason,
    string? Company = null,
    IReadOnlyList<TutorRequest>? Tutors = null,
    DateOnly? FirstDay = null,
    DateOnly? LastDay = null,
    int? MinutesADay = null,
    IReadOnlyList<DayOfWeek>? WorkDays = null,
    IReadOnlyList<DayRange>? DaysOff = null,
    ValidationRhythm? Validation = null)
{
    public PlacementTerms ToTerms(PlacementTerms old)
    {
        var (first, last) = (FirstDay ?? old.FirstDay, LastDay ?? old.LastDay);
        return old with
        {
            Company = Company is null ? old.Company : PlainText.Of(Company),
            FirstDay = first,
            LastDay = last,
            MinutesADay = MinutesADay ?? old.MinutesADay,
            WorkDays = WorkDays ?? old.WorkDays,
            DaysOff = DaysOff ?? old.DaysOff,
            Validation = Validation ?? old.Validation,
            Tutors = Tutors is null ? TutorPeriod.Stretch(old.Tutors, first, last) : TutorPeriods.ToPeriods(Tutors, first, last),
        };
    }
}

/// <param name="Version">The version that the caller had read.</param>
public sealed record CancelPlacementRequest(int Version, string Reason);

/// <param name="Tutor">The tutor's key.</param>
/// <param name="Email">The new address; the links sent to the old one die.</param>
public sealed record TutorAddressRequest(int Version, EmailAddress Email, string? Name, string Reason);

/// <param name="From">The first day for which the new tutor answers; the one before answers until the day before.</param>
/// <param name="Language">Two letters; French unless given.</param>
public sealed record NextTutorRequest(int Version, string Name, EmailAddress? Email, DateOnly From, string Reason, string? Language = null);

internal static class TutorPeriods
{
    public static IReadOnlyList<TutorPeriod> ToPeriods(IReadOnlyList<TutorRequest> tutors, DateOnly first, DateOnly last)
    {
        var next = 1 + tutors.Select(t => TutorPeriod.NumberOf(t.Key)).DefaultIfEmpty().Max();
        return
        [
            .. tutors.OrderBy(t => t.From ?? first).Select(t => new TutorPeriod(
                t.Key ?? $"t{next++}", PlainText.Of(t.Name), t.Email, t.From ?? first, t.To ?? last, t.Language ?? "fr")),
        ];
    }
}
