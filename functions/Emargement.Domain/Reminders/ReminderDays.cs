using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Reminders;

/// <summary>On which days somebody is reminded of a month or of an absence.</summary>
public static class ReminderDays
{
    private const int DaysBeforeDeadline = 2;

    /// <summary>Whether managers are told today that a month waits for validation: on the first working day after it, and three days and
    /// one day before the Région's due day.</summary>
    /// <param name="due">The Région's last day for that month; null for none.</param>
    public static bool TellsValidation(this Organisation organisation, YearMonth month, DateOnly? due, DateOnly today) =>
        today == organisation.NextWorking(month.LastDay)
        || (due is { } last && today > month.LastDay
            && (today == organisation.WorkingBy(last.AddDays(-3)) || today == organisation.WorkingBy(last.AddDays(-1))));

    /// <summary>Which time a learner is told today of an absence of a day: 1 on the day after it, 2 two days before its filing ends, 0 for
    /// not. A day without mails leaves it to the next one.</summary>
    public static int TellsAbsence(this Organisation organisation, DateOnly missed, DateOnly today)
    {
        var first = organisation.NextLoud(missed);
        var second = organisation.NextLoud(AbsenceRules.Deadline(missed).AddDays(-DaysBeforeDeadline - 1));
        return today == first ? 1
            : today == second && today > first && today <= AbsenceRules.Deadline(missed) ? 2
            : 0;
    }

    /// <summary>The days of which a learner may be told today.</summary>
    public static IEnumerable<(DateOnly Missed, int Time)> AbsencesToldOn(this Organisation organisation, DateOnly today) =>
        Enumerable.Range(1, AbsenceRules.DaysAfter).Select(back => today.AddDays(-back))
            .Select(missed => (missed, organisation.TellsAbsence(missed, today)))
            .Where(told => told.Item2 > 0);
}
