using System.Globalization;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements;

/// <summary>What a learner may say of a week, until the tutor has validated it.</summary>
public static class LearnerStatements
{
    /// <summary>Declares or corrects days of one week.</summary>
    /// <param name="today">The local day: no day is signed before it comes.</param>
    public static Result<Declared> Declare(
        PlacementState state,
        PlacementCalendar calendar,
        IsoWeek week,
        IReadOnlyList<DayDeclaration> days,
        FactSignature signature,
        string by,
        DateOnly today,
        DateTimeOffset now)
    {
        if (state.Placement.Cancelled)
        {
            return Refusal.Conflict("placement-cancelled");
        }

        if (days.Count == 0 || days.Any(d => IsoWeek.Of(d.Date) != week) || days.DistinctBy(d => d.Date).Count() != days.Count)
        {
            return Refusal.BadInput("declaration-days-invalid");
        }

        foreach (var day in days)
        {
            if (Refuse(state, calendar, day, today) is { } refusal)
            {
                return refusal;
            }
        }

        var declared = days.Select(d => d.Date).ToHashSet();
        var others = new DayRange(week.Monday, week.Sunday)
            .Days()
            .Where(d => !declared.Contains(d))
            .Sum(d => state.Day(d).Declaration?.Minutes ?? 0);
        if (days.Sum(d => d.Minutes) + others > DayLimits.MinutesAWeek)
        {
            return Refusal.BadInput("declaration-week-too-long");
        }

        return SignatureRule.Check(signature) is { } unsigned
            ? unsigned
            : new Declared
            {
                At = now,
                By = by,
                Week = week,
                Sequence = state.NextSequence(week),
                Days = [.. days.OrderBy(d => d.Date)],
                Signature = signature,
            };
    }

    /// <summary>Maintains what was declared, against the tutor's disagreement: the tutor decides then.</summary>
    public static Result<Maintained> Maintain(
        PlacementState state, IsoWeek week, IReadOnlyList<DateOnly> days, string? comment, string by, DateTimeOffset now)
    {
        if (state.Placement.Cancelled)
        {
            return Refusal.Conflict("placement-cancelled");
        }

        if (days.Count == 0 || days.Any(d => IsoWeek.Of(d) != week || state.Day(d).Phase != DayPhase.Disputed))
        {
            return Refusal.Conflict("declaration-not-disputed");
        }

        var plain = PlainText.Of(comment);
        return plain.Length > DayLimits.Text
            ? Refusal.BadInput("comment-too-long")
            : new Maintained
            {
                At = now,
                By = by,
                Week = week,
                Sequence = state.NextSequence(week),
                Days = [.. days.Distinct().Order()],
                Comment = plain.Length > 0 ? plain : null,
            };
    }

    private static Refusal? Refuse(PlacementState state, PlacementCalendar calendar, DayDeclaration day, DateOnly today)
    {
        var at = ("day", day.Date.ToString("O", CultureInfo.InvariantCulture));
        if (!state.Placement.Terms.Contains(day.Date))
        {
            return Refusal.BadInput("declaration-day-outside", at);
        }

        if (day.Date > today)
        {
            return Refusal.BadInput("declaration-day-to-come", at);
        }

        return state.Day(day.Date).Phase == DayPhase.Settled
            ? Refusal.Conflict("placement-day-validated", at)
            : day.Check(calendar.IsHoliday(day.Date));
    }
}

internal static class SignatureRule
{
    public static Refusal? Check(FactSignature signature) =>
        signature.DrawingSha256 is null && string.IsNullOrWhiteSpace(signature.TypedName) ? Refusal.BadInput("signature-missing")
        : signature.TypedName?.Length > 200 ? Refusal.BadInput("typed-name-too-long")
        : null;
}
