using System.Security.Cryptography;
using System.Text.Json;
using Emargement.Domain.People;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements.Import;

/// <summary>A placement as planning files ask for it.</summary>
public sealed record WantedPlacement(Reference Learner, Reference Training, string Group, PlacementTerms Terms);

/// <summary>A placement as its line of the list knows it.</summary>
/// <param name="FileHash">Of the last import that wrote its terms; null when none did.</param>
public sealed record KnownPlacement(
    PlacementId Id,
    Reference Learner,
    Reference Training,
    string Group,
    string Company,
    DateOnly FirstDay,
    DateOnly LastDay,
    bool Cancelled,
    string? FileHash);

/// <summary>Placements made by a planning import: the learners' file gives the company and the tutor, the planning's rows of modality E
/// give the days. As with Sessions, a file that is imported again changes nothing, a person's change stands above a file, and nothing that
/// was signed is lost.</summary>
public static class PlacementImport
{
    /// <summary>Whoever changed the terms last, when it was an import.</summary>
    public const string By = "import";

    /// <summary>The file hash of a placement that files no longer ask for.</summary>
    private const string Nothing = "nothing";

    private static readonly Result<IReadOnlyList<Planned>> None = Result<IReadOnlyList<Planned>>.FromT([]);

    /// <summary>What the files say of a learner's time in a company, or null when they say too little: no company,
    /// no tutor or no day.</summary>
    /// <param name="period">The enrolment with the company and the tutor.</param>
    /// <param name="planned">Days of the planning with modality E, each with its minutes.</param>
    public static PlacementTerms? TermsOf(EnrolmentPeriod period, IReadOnlyCollection<DayMinutes> planned, ValidationRhythm validation)
    {
        var days = DaysOf(period, planned);
        if (period.Company is not { Length: > 0 } company || period.TutorName is not { Length: > 0 } tutor || days.Count == 0)
        {
            return null;
        }

        var (first, last) = (days[0].Date, days[^1].Date);
        var dates = days.Select(d => d.Date).ToHashSet();
        var weekDays = dates.Select(d => d.DayOfWeek).Distinct().Order().ToList();
        return new PlacementTerms
        {
            Company = company,
            FirstDay = first,
            LastDay = last,
            Tutors = [new TutorPeriod("t1", tutor, period.TutorEmail, first, last)],

            // Of days of different lengths the most frequent is what is expected; what was done is declared anyway.
            MinutesADay = Math.Min(
                DayLimits.MinutesADay,
                days.CountBy(d => d.Minutes).OrderByDescending(c => c.Value).ThenByDescending(c => c.Key).First().Key),
            WorkDays = weekDays,
            DaysOff = Ranges(new DayRange(first, last).Days().Where(d => weekDays.Contains(d.DayOfWeek) && !dates.Contains(d)), weekDays),
            Validation = validation,
        };
    }

    /// <summary>Whether days in a company are planned for whom no placement can be made,
    /// because the company or the tutor is not named.</summary>
    public static bool LacksTutor(EnrolmentPeriod period, IReadOnlyCollection<DayMinutes> planned) =>
        (string.IsNullOrEmpty(period.Company) || string.IsNullOrEmpty(period.TutorName)) && DaysOf(period, planned).Count > 0;

    /// <summary>Of what files ask for: two with the same hash ask for the same. How often the tutor validates is the organisation's,
    /// not the file's.</summary>
    public static string HashOf(PlacementTerms terms) =>
        Convert.ToBase64String(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(terms with { Validation = ValidationRhythm.AtEnd }, CanonicalJson.Options))
                .AsSpan(0, 16))[..22];

    /// <summary>Sets what files ask for beside what there is: each placement with the one of the same enrolment whose days it shares, else
    /// of the same company. Moved dates and a company's new name are changes of a placement, not another one.</summary>
    /// <returns>Pairs with neither, one or both sides: to create, to withdraw, to compare.</returns>
    public static IReadOnlyList<(WantedPlacement? Wanted, KnownPlacement? Known)> Pair(
        IReadOnlyCollection<WantedPlacement> wanted, IReadOnlyCollection<KnownPlacement> known)
    {
        var pairs = new List<(WantedPlacement?, KnownPlacement?)>();
        var left = known.ToList();
        foreach (var ask in wanted.OrderBy(w => w.Terms.FirstDay))
        {
            var same = left.Where(k => k.Learner == ask.Learner && k.Training == ask.Training && k.Group == ask.Group)
                .OrderBy(k => k.FirstDay)
                .ToList();
            var match = same.FirstOrDefault(k => !k.Cancelled && k.FirstDay <= ask.Terms.LastDay && ask.Terms.FirstDay <= k.LastDay)
                ?? same.FirstOrDefault(k => string.Equals(k.Company, ask.Terms.Company, StringComparison.OrdinalIgnoreCase));
            if (match is not null)
            {
                left.Remove(match);
            }

            pairs.Add((ask, match));
        }

        pairs.AddRange(
            left.Where(k => k is { Cancelled: false, FileHash: not null }).Select(k => ((WantedPlacement?)null, (KnownPlacement?)k)));
        return pairs;
    }

    /// <summary>Changes a placement to what the files ask for now.</summary>
    /// <returns>The change, if there is one; or why the placement keeps its terms: <c>placement-edited</c>, <c>placement-day-validated</c>,
    /// or what is wrong with the new ones.</returns>
    public static Result<IReadOnlyList<Planned>> Update(PlacementState state, PlacementTerms file, DateOnly today, DateTimeOffset now)
    {
        var hash = HashOf(file);
        if (state.FileHash == hash)
        {
            return None;
        }

        var old = state.Placement.Terms;
        var terms = file with { Validation = old.Validation, Tutors = Tutors(state, file, today) };
        if (state.PlannedBy != By && (state.Placement.Cancelled || !Same(terms, old)))
        {
            return Refusal.Conflict("placement-edited");
        }

        return (terms.Check() ?? PlacementPlanning.LosesValidated(state, terms)) is { } refusal
            ? refusal
            : Result<IReadOnlyList<Planned>>.FromT([PlacementPlanning.Next(state, By, now) with { Terms = terms, FileHash = hash }]);
    }

    /// <summary>Cancels a placement that the files no longer ask for, if nobody declared anything of it.</summary>
    /// <returns>The change, if there is one; or why the placement stays: <c>placement-edited</c> or <c>placement-declared</c>.</returns>
    public static Result<IReadOnlyList<Planned>> Withdraw(PlacementState state, DateTimeOffset now) =>
        state.Placement.Cancelled ? None
        : state.PlannedBy != By ? Refusal.Conflict("placement-edited")
        : state.Facts.OfType<WeekFact>().Any() ? Refusal.Conflict("placement-declared")
        : Result<IReadOnlyList<Planned>>.FromT([PlacementPlanning.Next(state, By, now) with { Cancelled = true, FileHash = Nothing }]);

    private static List<DayMinutes> DaysOf(EnrolmentPeriod period, IReadOnlyCollection<DayMinutes> planned) =>
    [
        .. planned.Where(d => d.Minutes > 0 && period.Entry <= d.Date && (period.Exit is null || d.Date <= period.Exit))
            .OrderBy(d => d.Date),
    ];

    // Days off that follow each other, week-ends between them included, are one range.
    private static List<DayRange> Ranges(IEnumerable<DateOnly> days, IReadOnlyCollection<DayOfWeek> weekDays)
    {
        var ranges = new List<DayRange>();
        foreach (var day in days)
        {
            var follows = ranges.Count > 0
                && !new DayRange(ranges[^1].Last.AddDays(1), day.AddDays(-1)).Days().Any(d => weekDays.Contains(d.DayOfWeek));
            if (follows)
            {
                ranges[^1] = ranges[^1] with { Last = day };
            }
            else
            {
                ranges.Add(new DayRange(day, day));
            }
        }

        return ranges;
    }

    /// <summary>The tutors after the file: the last one takes the file's name and address. A new name is a new tutor from this week on once
    /// the former one has something to answer for: the weeks before stay theirs.</summary>
    private static IReadOnlyList<TutorPeriod> Tutors(PlacementState state, PlacementTerms file, DateOnly today)
    {
        var old = TutorPeriod.Stretch(state.Placement.Terms.Tutors, file.FirstDay, file.LastDay);
        var (last, wanted) = (old[^1], file.Tutors[0]);
        var from = IsoWeek.Of(today).Monday;
        var stays = last.Name != wanted.Name && last.From < from && from <= file.LastDay
            && state.Days.Any(d => last.From <= d.Date && d.Date < from && d.Phase != DayPhase.Undeclared);
        return stays
            ?
            [
                .. old.SkipLast(1),
                last with { To = from.AddDays(-1) },
                wanted with { Key = TutorPeriod.NextKey(old), From = from, To = file.LastDay },
            ]
            : [.. old.SkipLast(1), last with { Name = wanted.Name, Email = wanted.Email }];
    }

    private static bool Same(PlacementTerms a, PlacementTerms b) =>
        JsonSerializer.SerializeToUtf8Bytes(a, CanonicalJson.Options)
            .AsSpan()
            .SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(b, CanonicalJson.Options));
}
