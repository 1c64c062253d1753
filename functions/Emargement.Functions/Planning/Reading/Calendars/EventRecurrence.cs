using Emargement.Domain.Planning.Import.Calendars;
using Ical.Net;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using CalendarEvent = Ical.Net.CalendarComponents.CalendarEvent;

namespace Emargement.Functions.Planning.Reading.Calendars;

/// <summary>When the events of one calendar repeat. What all of them may cost to compute is bounded.</summary>
internal sealed class EventRecurrence
{
    // Steps of all rules of a calendar: a daily event of fifty years is some 20,000.
    private const int MaxSteps = 1_000_000;

    // A rule that never fits (30 February) is given up after so many periods.
    private static readonly EvaluationOptions Bounded = new() { MaxUnmatchedIncrementsLimit = 1_000 };

    private int _steps;

    /// <param name="start">Of the event, on its zone's clock.</param>
    /// <param name="local">A moment on that clock; null when it cannot be told.</param>
    /// <returns>Null for an event that takes place once.</returns>
    public EventRepeats? Of(CalendarEvent e, DateTime start, Func<CalDateTime, DateTime?> local)
    {
        var rule = e.RecurrenceRule;
        var more = e.RecurrenceDates.GetAllPeriods().Select(p => local(p.StartTime)).ToList();
        if (rule is null && more.Count == 0)
        {
            return null;
        }

        // The days left out may be named as days, or with the hour.
        var left = e.ExceptionDates.GetAllDates().Select(d => (At: local(d), d.HasTime)).ToList();
        var leftAt = left.Where(l => l.HasTime).Select(l => l.At).ToHashSet();
        var leftDays = left.Where(l => !l.HasTime).Select(l => l.At).ToHashSet();
        if (rule?.Until is { } until)
        {
            var last = local(until) ?? start;
            rule.Until = new CalDateTime(until.HasTime ? last : last.Date.AddDays(1).AddSeconds(-1));
        }

        var starts = (rule is null ? [start] : Starts(rule, start)).Concat(more.Order());
        return new EventRepeats(
            rule is { Count: null, Until: null },
            starts.Where(at => at is null || (!leftAt.Contains(at) && !leftDays.Contains(at.Value.Date))));
    }

    private IEnumerable<DateTime?> Starts(RecurrenceRule rule, DateTime start)
    {
        // Rules by the hour are no planning, and a way to ask for millions of steps.
        if (rule.Frequency is FrequencyType.Secondly or FrequencyType.Minutely or FrequencyType.Hourly
            || rule.BySecond.Count > 1 || rule.ByMinute.Count > 1 || rule.ByHour.Count > 2)
        {
            yield return null;
            yield break;
        }

        var e = new CalendarEvent { Start = new CalDateTime(start), RecurrenceRule = rule };
        using var occurrences = e.GetOccurrences(null, Bounded).GetEnumerator();
        while (Next(occurrences) is var (found, at) && found)
        {
            yield return at;
            if (at is null)
            {
                yield break;
            }
        }
    }

    private (bool Found, DateTime? At) Next(IEnumerator<Occurrence> occurrences)
    {
        try
        {
            return ++_steps > MaxSteps ? (true, null)
                : occurrences.MoveNext() ? (true, occurrences.Current.Period.StartTime.Value)
                : (false, null);
        }
        catch (Exception fault) when (fault is EvaluationException or ArgumentException or InvalidOperationException)
        {
            return (true, null);
        }
    }
}
