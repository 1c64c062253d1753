using Emargement.Domain.Platform;

namespace Emargement.Domain.People;

/// <summary>What the periods of an enrolment that a person writes must be.</summary>
public static class EnrolmentRules
{
    /// <summary>Characters of a text at most, as in files.</summary>
    public const int MaxText = 500;

    /// <param name="organisation">In its months that are validated, sent or locked, who was enrolled and who paid stays as it is.</param>
    /// <param name="before">Periods as they are; none for a new enrolment.</param>
    /// <param name="after">Periods as they are wanted.</param>
    /// <returns>Null when all is well, else <c>funder-missing</c>, <c>end-before-start</c>, <c>period-overlaps</c>, <c>month-validated</c>
    /// or <c>month-locked</c>.</returns>
    public static Refusal? Check(
        Organisation organisation, IReadOnlyList<EnrolmentPeriod> before, IReadOnlyList<EnrolmentPeriod> after)
    {
        if (after.Any(p => p.Funder.Length == 0))
        {
            return Refusal.BadInput("funder-missing");
        }

        if (after.Any(p => p.Exit < p.Entry))
        {
            return Refusal.BadInput("end-before-start");
        }

        var inOrder = after.OrderBy(p => p.Entry).ToList();
        if (inOrder.Zip(inOrder.Skip(1)).Any(pair => (pair.First.Exit ?? DateOnly.MaxValue) >= pair.Second.Entry))
        {
            return Refusal.Conflict("period-overlaps");
        }

        return organisation.LockedMonths.Concat(organisation.FrozenMonths)
            .Where(month => Changes(month, before, after))
            .Select(month => organisation.Refuses(month))
            .FirstOrDefault();
    }

    /// <summary>Whether somebody else is enrolled, or somebody else pays, on a day of the month.</summary>
    public static bool Changes(YearMonth month, IReadOnlyList<EnrolmentPeriod> before, IReadOnlyList<EnrolmentPeriod> after) =>
        DaysOf(month).Any(day => PaidBy(before, day) != PaidBy(after, day));

    private static IEnumerable<DateOnly> DaysOf(YearMonth month) =>
        Enumerable.Range(0, month.LastDay.Day).Select(month.FirstDay.AddDays);

    private static (string? Funder, string? Number, string? Order) PaidBy(IReadOnlyList<EnrolmentPeriod> periods, DateOnly day) =>
        periods.FirstOrDefault(p => p.Entry <= day && (p.Exit is null || day <= p.Exit)) is { } period
            ? (period.Funder, period.RegionNumber, period.OrderNumber)
            : default;
}
