using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements;

/// <summary>Creating, changing and cancelling a placement, by a person or by an import.</summary>
public static class PlacementPlanning
{
    /// <summary>Changes the terms from the version that the caller had read: extends, shortens, changes tutor, adds a week of holidays.</summary>
    public static Result<Planned> Change(PlacementState state, int version, PlacementTerms terms, string? reason, string by, DateTimeOffset now)
    {
        if (Refuse(state, version, reason) is { } refusal)
        {
            return refusal;
        }

        if (terms.Check() is { } wrong)
        {
            return wrong;
        }

        // What a tutor signed stays in the placement; a shorter one may only drop what nobody validated.
        if (state.Days.FirstOrDefault(d => d.Phase == DayPhase.Settled && !terms.Contains(d.Date)) is { } lost)
        {
            return Refusal.Conflict("placement-day-validated", ("day", lost.Date.ToString("O", CultureInfo.InvariantCulture)));
        }

        return Next(state, by, now) with { Terms = terms, Reason = reason };
    }

    public static Result<Planned> Cancel(PlacementState state, int version, string? reason, string by, DateTimeOffset now) =>
        Refuse(state, version, reason) is { } refusal ? refusal : Next(state, by, now) with { Cancelled = true, Reason = reason };

    /// <summary>What an import says of a learner's time in a company, or null when it says too little: no company, no tutor or no day.</summary>
    /// <param name="period">The enrolment with the company and the tutor.</param>
    /// <param name="planned">Days of the planning with modality E, each with its minutes.</param>
    public static PlacementTerms? FromImport(EnrolmentPeriod period, IReadOnlyCollection<DayMinutes> planned, ValidationRhythm validation)
    {
        var days = planned
            .Where(d => d.Minutes > 0 && period.Entry <= d.Date && (period.Exit is null || d.Date <= period.Exit))
            .OrderBy(d => d.Date)
            .ToList();
        if (period.Company is not { Length: > 0 } company || period.TutorName is not { Length: > 0 } tutor || days.Count == 0)
        {
            return null;
        }

        var (first, last) = (days[0].Date, days[^1].Date);
        var dates = days.Select(d => d.Date).ToHashSet();
        return new PlacementTerms
        {
            Company = company,
            FirstDay = first,
            LastDay = last,
            Tutors = [new TutorPeriod("t1", tutor, period.TutorEmail, first, last)],

            // Of days of different lengths the most frequent is what is expected; what was done is declared anyway.
            MinutesADay = Math.Min(DayLimits.MinutesADay, days.CountBy(d => d.Minutes).OrderByDescending(c => c.Value).ThenByDescending(c => c.Key).First().Key),
            WorkDays = [.. dates.Select(d => d.DayOfWeek).Distinct().Order()],
            DaysOff = [.. IsoWeek.Between(first, last).Where(w => !new DayRange(w.Monday, w.Sunday).Days().Any(dates.Contains)).Select(w => new DayRange(w.Monday, w.Sunday))],
            Validation = validation,
        };
    }

    private static Planned Next(PlacementState state, string by, DateTimeOffset now) => new()
    {
        At = now,
        By = by,
        Version = state.Placement.Version + 1,
        Organisation = state.Placement.Organisation,
        Learner = state.Placement.LearnerRef,
        Training = state.Placement.TrainingRef,
        Group = state.Placement.Group,
        Terms = state.Placement.Terms,
    };

    private static Refusal? Refuse(PlacementState state, int version, string? reason)
    {
        if (state.Placement.Cancelled)
        {
            return Refusal.Conflict("placement-cancelled");
        }

        if (version != state.Placement.Version)
        {
            return Refusal.Of("placement-changed", RefusalKind.PreconditionFailed);
        }

        return PlacementText.IsReason(reason) ? null : Refusal.BadInput("reason-missing");
    }
}

internal static class PlacementText
{
    public static bool IsReason(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= DayLimits.Text;
}
