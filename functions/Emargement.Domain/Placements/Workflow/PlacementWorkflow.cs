namespace Emargement.Domain.Placements.Workflow;

/// <summary>What the workflow must know beside the facts.</summary>
/// <param name="LearnerHasEmail">A learner without e-mail declares on the organisation's device and is never mailed.</param>
public sealed record WorkflowContext(PlacementClock Clock, Func<DateOnly, bool> IsHoliday, bool LearnerHasEmail);

/// <summary>The company workflow as one pure function: from what happened and the time, what to do now and when to look again.
/// Reminders to the learner on the week's last day at 16:00, then D+1 and D+3; to the tutor at the end of the period,
/// then D+3 and D+10 from that mail (immersion-facilitee: about half of tutors answer), then the managers are told.</summary>
public static class PlacementWorkflow
{
    /// <summary>Days after a week's last day on which its learner is reminded.</summary>
    private static readonly int[] LearnerDays = [0, 1, 3];

    /// <summary>Days after a tutor's first mail on which the tutor is reminded.</summary>
    private static readonly int[] TutorDays = [3, 10];

    /// <summary>Days after the first mail at which the managers are told that nobody answers.</summary>
    private const int TellDays = 13;

    /// <summary>Days after the end at which the tutor is asked although some days are not declared,
    /// and at which the managers are told.</summary>
    private const int AskAnywayDays = 4;
    private const int TellUndeclaredDays = 7;

    /// <summary>Days between two looks when nothing is due: a lost wake-up costs no more than that.</summary>
    private const int HeartbeatDays = 7;

    /// <summary>Days after the last one at which an unfinished placement is left to the people.</summary>
    private const int GiveUpDays = 365;

    private static readonly TimeOnly LearnerTime = new(16, 0);
    private static readonly TimeOnly TutorTime = new(17, 0);
    private static readonly TimeOnly MorningTime = new(9, 0);

    public static PlacementDecision Decide(PlacementState state, WorkflowContext context, DateTimeOffset now)
    {
        var terms = state.Placement.Terms;
        var calendar = new PlacementCalendar(terms, context.IsHoliday);
        var periods = calendar.Periods();
        var today = context.Clock.DateAt(now);
        var current = periods.FirstOrDefault(p => today <= p.Last) ?? periods[^1];
        var seals = periods.Select(p => Seal(state, calendar, p)).OfType<SealPeriod>().ToList<PlacementAction>();
        if (state.Placement.Cancelled)
        {
            return Last(seals, current, now);
        }

        var candidates = new List<Due>();
        foreach (var period in periods)
        {
            candidates.AddRange(LearnerReminders(state, context, calendar, period));
            candidates.AddRange(calendar.Sections(period).SelectMany(s => TutorMails(state, context, calendar, s, now)));
            candidates.AddRange(UndeclaredPeriod(state, context, calendar, period));
        }

        candidates.AddRange(Disagreements(state, context, now));
        var open = candidates.Where(c => !state.WasMailed(c.Mail.Slot)).ToList();
        var mails = Now(open, now);
        var end = context.Clock.At(terms.LastDay.AddDays(1), TimeOnly.MinValue);
        var settled = periods.All(p => calendar.Expected(p.First, p.Last).All(d => state.Day(d).Phase == DayPhase.Settled));
        var next = open.Where(c => c.At > now).Select(c => (DateTimeOffset?)c.At).Min();
        var abandoned = now >= context.Clock.At(terms.LastDay.AddDays(GiveUpDays), TimeOnly.MinValue);
        if (mails.Count == 0 && (abandoned || (now >= end && settled && next is null)))
        {
            return Last(seals, current, now);
        }

        var wakes = new[] { next, now < end ? end : null, context.Clock.Plus(now, HeartbeatDays) };
        return new PlacementDecision([.. mails, .. seals], wakes.Min(), current.Key, Finished: false);
    }

    /// <summary>The end, after one more look when there is something to seal: only a look shows the list what was sealed.</summary>
    private static PlacementDecision Last(List<PlacementAction> seals, ValidationPeriod current, DateTimeOffset now) =>
        seals.Count == 0
            ? new PlacementDecision([], null, current.Key, Finished: true)
            : new PlacementDecision(seals, now, current.Key, Finished: false);

    /// <summary>Due mails. Of several due reminders to the learner only the latest is sent, since it speaks of every undeclared week: a
    /// placement entered a month late sends one mail.</summary>
    private static List<SendMail> Now(List<Due> open, DateTimeOffset now)
    {
        var due = open.Where(c => c.At <= now).ToList();
        var reminder = due.Where(c => c.Mail.Purpose == MailPurpose.DeclareWeek)
            .OrderBy(c => c.At)
            .ThenBy(c => c.Mail.Slot, StringComparer.Ordinal)
            .LastOrDefault();
        return [.. due.Where(c => c.Mail.Purpose != MailPurpose.DeclareWeek || c == reminder).OrderBy(c => c.At).Select(c => c.Mail)];
    }

    private static IEnumerable<Due> LearnerReminders(
        PlacementState state, WorkflowContext context, PlacementCalendar calendar, ValidationPeriod period)
    {
        if (!context.LearnerHasEmail)
        {
            return [];
        }

        var lastSent = state.Mails.Where(m => m.Purpose == MailPurpose.DeclareWeek).Select(m => (DateTimeOffset?)m.At).Max();
        return calendar.Parts(period)
            .Where(part => part.Expected.Any(d => state.Day(d).Phase == DayPhase.Undeclared))
            .SelectMany(part => LearnerDays.Select((days, step) => new Due(
                context.Clock.At(part.LastExpected.AddDays(days), LearnerTime),
                new SendMail($"declare.{part.Key}.{step}", MailPurpose.DeclareWeek, part.Key, step))))
            .Where(due => lastSent is null || due.At > lastSent)
            .Select(due => lastSent is { } sent ? due with { At = NotSooner(due.At, sent, days: 1, context.Clock) } : due);
    }

    private static IEnumerable<Due> TutorMails(
        PlacementState state, WorkflowContext context, PlacementCalendar calendar, TutorSection section, DateTimeOffset now)
    {
        var expected = calendar.Expected(section.First, section.Last);
        var work = state.Days.Where(d => section.First <= d.Date && d.Date <= section.Last && d.Phase == DayPhase.ToValidate).ToList();
        var asks = state.Mails.Where(m => m.Purpose == MailPurpose.ValidateHours && m.About == section.Key && m.Step == 0).ToList();
        var lastAsk = asks.LastOrDefault();
        var again = state.Facts.OfType<LinkAsked>().LastOrDefault(l => l.Section == section.Key && (lastAsk is null || l.At > lastAsk.At));
        if (again is null && work.Count == 0)
        {
            yield break;
        }

        var end = context.Clock.At(expected.Count > 0 ? expected[^1] : section.Last, TutorTime);
        if (again is not null || NeedsAsking(state, section, work, lastAsk, end))
        {
            var complete = expected.All(d => state.Day(d).Phase != DayPhase.Undeclared);
            var at = again is not null ? AskedFor(again, context.Clock)
                : complete ? end
                : context.Clock.At(context.Clock.DateAt(end).AddDays(AskAnywayDays), MorningTime);
            yield return section.Tutor.Email is null
                ? new Due(at, new SendMail($"no-address.{section.Key}", MailPurpose.TutorSilent, section.Key, 0))
                : new Due(at, new SendMail($"validate.{section.Key}.{asks.Count}.0", MailPurpose.ValidateHours, section.Key, 0));
            yield break;
        }

        var round = asks.Count - 1;
        var reminders = TutorDays.Select((days, i) =>
            new Step(days, new SendMail($"validate.{section.Key}.{round}.{i + 1}", MailPurpose.ValidateHours, section.Key, i + 1)));
        var silent = new Step(TellDays, new SendMail($"tutor-silent.{section.Key}.{round}", MailPurpose.TutorSilent, section.Key, 0));
        foreach (var due in Chain(state, context.Clock, lastAsk!.At, [.. reminders], silent, now))
        {
            yield return due;
        }
    }

    /// <summary>
    /// Reminders to one person at so many days from an instant, then the managers are told. After a stop of the service, one late
    /// reminder stands for those
    /// that it missed, and what follows keeps its distance from it.
    /// </summary>
    private static IEnumerable<Due> Chain(
        PlacementState state, PlacementClock clock, DateTimeOffset from, IReadOnlyList<Step> reminders, Step tell, DateTimeOffset now)
    {
        var mails = reminders.Select(r => state.Mails.FirstOrDefault(m => m.Slot == r.Mail.Slot)).ToList();
        var done = mails.FindLastIndex(m => m is not null) + 1;
        var before = done > 0 ? (reminders[done - 1].Days, mails[done - 1]!.At) : (Days: 0, At: from);
        var open = reminders.Skip(done).ToList();
        var late = open.FindLastIndex(r => At(r) <= now);
        if (late >= 0)
        {
            yield return new Due(At(open[late]), open[late].Mail);
            before = (open[late].Days, now);
        }

        foreach (var step in open.Skip(late + 1).Append(tell))
        {
            yield return new Due(At(step), step.Mail);
        }

        DateTimeOffset At(Step step) => NotSooner(clock.Plus(from, step.Days), before.At, step.Days - before.Days, clock);
    }

    /// <summary>At the hour planned, on the day planned or so many days after the mail before it, whichever is later.</summary>
    private static DateTimeOffset NotSooner(DateTimeOffset planned, DateTimeOffset before, int days, PlacementClock clock)
    {
        var missing = clock.DateAt(before).AddDays(days).DayNumber - clock.DateAt(planned).DayNumber;
        return missing > 0 ? clock.Plus(planned, missing) : planned;
    }

    /// <summary>A first mail is due when none was sent, when it went to another address or before the section's end moved, or when the
    /// tutor had answered all there was.</summary>
    private static bool NeedsAsking(PlacementState state, TutorSection section, List<DayState> work, Mailed? lastAsk, DateTimeOffset end)
    {
        if (lastAsk is null || lastAsk.To != section.Tutor.Email || lastAsk.At < end)
        {
            return true;
        }

        var answered = state.Facts.OfType<WeekFact>()
            .Where(f => f is Validated v ? v.Tutor == section.Tutor.Key : f is Disagreed d && d.Tutor == section.Tutor.Key)
            .Where(f => f.Dates.Any(d => section.First <= d && d <= section.Last))
            .Select(f => (DateTimeOffset?)f.At).Max();
        return answered > lastAsk.At && work.All(d => d.ReadyAt >= answered);
    }

    private static DateTimeOffset AskedFor(LinkAsked asked, PlacementClock clock) =>
        asked.NotBefore is { } day && clock.At(day, MorningTime) is var at && at > asked.At ? at : asked.At;

    private static IEnumerable<Due> UndeclaredPeriod(
        PlacementState state, WorkflowContext context, PlacementCalendar calendar, ValidationPeriod period)
    {
        if (calendar.Expected(period.First, period.Last).Any(d => state.Day(d).Phase == DayPhase.Undeclared))
        {
            yield return new Due(
                context.Clock.At(period.Last.AddDays(TellUndeclaredDays), MorningTime),
                new SendMail($"undeclared.{period.Key}", MailPurpose.LearnerSilent, period.Key, 0));
        }
    }

    private static IEnumerable<Due> Disagreements(PlacementState state, WorkflowContext context, DateTimeOffset now)
    {
        foreach (
            var disputed in state.Days.Where(d => d.Phase == DayPhase.Disputed && state.Placement.Terms.Contains(d.Date))
                .DistinctBy(d => (IsoWeek.Of(d.Date), d.DisagreementSequence)))
        {
            var about = $"{IsoWeek.Of(disputed.Date)}.{disputed.DisagreementSequence}";
            var at = disputed.DisagreedAt!.Value;
            Step[] asks = context.LearnerHasEmail
                ? [Ask(0, days: 0), Ask(1, TutorDays[0])]
                : [];
            var unanswered = new SendMail($"unanswered.{about}", MailPurpose.LearnerSilent, about, 0);
            var tell = new Step(asks.Length > 0 ? TutorDays[1] : 0, unanswered);
            foreach (var due in Chain(state, context.Clock, at, asks, tell, now))
            {
                yield return due;
            }

            Step Ask(int step, int days) => new(days, new SendMail($"answer.{about}.{step}", MailPurpose.AnswerDisagreement, about, step));
        }
    }

    /// <summary>A period is sealed when each expected day is settled, and again when something was added since.
    /// A cancelled placement seals what was settled.</summary>
    private static SealPeriod? Seal(PlacementState state, PlacementCalendar calendar, ValidationPeriod period)
    {
        var expected = calendar.Expected(period.First, period.Last);
        var declared = state.Days.Where(d => period.First <= d.Date && d.Date <= period.Last && d.Phase != DayPhase.Undeclared).ToList();
        var ready = state.Placement.Cancelled
            ? declared.Any(d => d.Phase == DayPhase.Settled)
            : declared.Count > 0
                && declared.All(d => d.Phase == DayPhase.Settled)
                && expected.All(d => state.Day(d).Phase == DayPhase.Settled);
        var covers = state.StatementsOf(period).Count();
        var last = state.Documents.Where(d => d.Period == period.Key).MaxBy(d => d.Version);
        return ready && (last is null || last.Covers < covers) ? new SealPeriod(period.Key, (last?.Version ?? 0) + 1, covers) : null;
    }

    private sealed record Due(DateTimeOffset At, SendMail Mail);

    /// <param name="Days">From the instant that its chain begins at.</param>
    private sealed record Step(int Days, SendMail Mail);
}
