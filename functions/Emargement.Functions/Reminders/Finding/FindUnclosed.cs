using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Reminders;
using Emargement.Domain.Sessions;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Reminders.Finding;

/// <summary>Finds the trainers who left half-days open: one range of the day, or of the open ones of the days before.</summary>
public sealed class FindUnclosed(SessionsTable sessions) : IReminderFinder
{
    private const int LookedBack = 14;

    public async Task<IReadOnlyList<DueReminder>> RunAsync(
        Organisation organisation, DateTimeOffset now, CancellationToken cancellation)
    {
        var today = organisation.Zone.DateAt(now);
        return !organisation.Reminders.Contains(ReminderKind.Unclosed) ? []
            : organisation.IsBetween(ReminderTimes.UnclosedToday, ReminderTimes.Last, now)
                ? Due(today, "today", await OfTodayAsync(organisation, today, now, cancellation))
            : organisation.IsBetween(ReminderTimes.UnclosedBefore, ReminderTimes.UnclosedToday, now)
                ? Due(today, "before", await OfBeforeAsync(organisation, today, cancellation))
            : [];
    }

    /// <summary>Whether a trainer is to close it.</summary>
    internal static bool IsLeftOpen(Session session, DateTimeOffset now) =>
        session.State == SessionState.Open && session.Modality != Modality.Company && session.End <= now;

    private async Task<IReadOnlyCollection<Reference>> OfTodayAsync(
        Organisation organisation, DateOnly today, DateTimeOffset now, CancellationToken cancellation)
    {
        var all = await sessions.BetweenAsync(organisation.Id, today, today, cancellation)
            .Select(s => s.Value)
            .Where(s => s.State != SessionState.Cancelled && s.Modality != Modality.Company && s.TrainerRef is not null)
            .ToListAsync(cancellation);
        return
        [
            .. all.GroupBy(s => s.TrainerRef!.Value)
                .Where(g => g.Any(s => IsLeftOpen(s, now)))
                .Where(g => organisation.TellsUnclosed(g.Max(s => SigningWindow.Of(s, organisation).EndsAt), now))
                .Select(g => g.Key),
        ];
    }

    private async Task<IReadOnlyCollection<Reference>> OfBeforeAsync(
        Organisation organisation, DateOnly today, CancellationToken cancellation)
    {
        var days = Enumerable.Range(1, LookedBack).Select(back => today.AddDays(-back))
            .Where(day => organisation.TellsUnclosed(day, today)).ToHashSet();
        return days.Count == 0 ? [] : await sessions.OpenBetweenAsync(organisation.Id, days.Min(), days.Max(), cancellation)
            .Where(s => days.Contains(s.Id.Date) && s.Modality != Modality.Company && s.TrainerRef is not null)
            .Select(s => s.TrainerRef!.Value)
            .Distinct()
            .ToListAsync(cancellation);
    }

    private static IReadOnlyList<DueReminder> Due(DateOnly today, string which, IReadOnlyCollection<Reference> trainers) =>
        trainers.Count == 0 ? [] :
        [
            new DueReminder(
                ReminderKind.Unclosed,
                $"unclosed-{today:yyyyMMdd}-{which}",
                [.. trainers.Select(t => new AccountId(AccountKind.Trainer, t))],
                new Dictionary<string, string>()),
        ];
}
