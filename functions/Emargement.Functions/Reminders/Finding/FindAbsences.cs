using System.Globalization;
using Emargement.Domain.Absences;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Reminders;
using Emargement.Domain.Sessions;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Reminders.Finding;

/// <summary>Finds the learners who missed a day and have filed nothing for it: of each day told today, a range of its half-days and one of
/// their facts.</summary>
public sealed class FindAbsences(SessionsTable sessions, FactsTable facts, AbsencesTable absences) : IReminderFinder
{
    /// <summary>In what is queued: the day that was missed, yyyy-MM-dd.</summary>
    public const string DayArg = "day";

    public async Task<IReadOnlyList<DueReminder>> RunAsync(
        Organisation organisation, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!organisation.Reminders.Contains(ReminderKind.Absence)
            || !organisation.IsBetween(ReminderTimes.Absences, ReminderTimes.Last, now))
        {
            return [];
        }

        var due = new List<DueReminder>();
        foreach (var (missed, turn) in organisation.AbsencesToldOn(organisation.Zone.DateAt(now)))
        {
            var learners = await MissedAsync(organisation, missed, cancellation);
            if (learners.Count > 0)
            {
                var day = missed.ToString("O", CultureInfo.InvariantCulture);
                due.Add(new DueReminder(
                    ReminderKind.Absence,
                    string.Create(CultureInfo.InvariantCulture, $"absence-{missed:yyyyMMdd}-{turn}"),
                    [.. learners.Select(l => new AccountId(AccountKind.Learner, l))],
                    new Dictionary<string, string> { [DayArg] = day }));
            }
        }

        return due;
    }

    private async Task<IReadOnlyList<Reference>> MissedAsync(Organisation organisation, DateOnly day, CancellationToken cancellation)
    {
        if (organisation.Refuses(YearMonth.Of(day)) is not null)
        {
            return [];
        }

        var closed = await sessions.BetweenAsync(organisation.Id, day, day, cancellation)
            .Select(s => s.Value)
            .Where(s => s.State == SessionState.Closed && s.Modality != Modality.Company)
            .ToDictionaryAsync(s => s.Id, cancellationToken: cancellation);
        var said = await facts.OfDaysAsync(organisation.Id, day, day, cancellation)
            .Where(f => f.Fact.About is not null && closed.ContainsKey(f.Session))
            .ToListAsync(cancellation);
        var missed = said.GroupBy(f => (f.Session, Learner: f.Fact.About!.Value))
            .Where(g => Attendance.Of(closed[g.Key.Session].PlannedMinutes, g.Select(f => f.Fact)).Status
                == AttendanceStatus.AbsentUnjustified)
            .ToLookup(g => g.Key.Learner, g => g.Key.Session);
        var left = new List<Reference>();
        foreach (var learner in missed)
        {
            var filed = await absences.OfLearnerAsync(organisation.Id, learner.Key, cancellation);
            if (learner.Any(session => !filed.Any(a => a.Outcome != AbsenceState.Withdrawn && a.Span.Covers(session))))
            {
                left.Add(learner.Key);
            }
        }

        return left;
    }
}
