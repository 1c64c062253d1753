using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Reminders;
using Emargement.Functions.Months.Records;
using Emargement.Functions.People;

namespace Emargement.Functions.Reminders.Finding;

/// <summary>Finds whether the last month that is over waits for its validation, on the days on which managers are told so.</summary>
public sealed class FindValidation(MonthsTable months, GroupMonthsTable groups, KnownRegions regions, ManagersOf managers) : IReminderFinder
{
    /// <summary>In what is queued: the month.</summary>
    public const string MonthArg = "month";

    public async Task<IReadOnlyList<DueReminder>> RunAsync(
        Organisation organisation, DateTimeOffset now, CancellationToken cancellation)
    {
        var today = organisation.Zone.DateAt(now);
        var month = YearMonth.Of(today).Plus(-1);
        if (!organisation.Reminders.Contains(ReminderKind.Validation)
            || !organisation.IsBetween(ReminderTimes.Validation, ReminderTimes.Last, now)
            || !organisation.TellsValidation(month, await DueAsync(organisation, month, cancellation), today)
            || !await IsWaitingAsync(organisation, month, cancellation))
        {
            return [];
        }

        var args = new Dictionary<string, string> { [MonthArg] = month.ToString() };
        return
        [
            await managers.DueAsync(organisation, ReminderKind.Validation, $"validation-{today:yyyyMMdd}", cancellation, args),
        ];
    }

    /// <summary>The Région's last day for a month; null for none.</summary>
    public async Task<DateOnly?> DueAsync(Organisation organisation, YearMonth month, CancellationToken cancellation) =>
        RegionCode.TryParse(organisation.Region, out var region)
            && (await regions.OfAsync(region, cancellation)).DueDay is { } day
            ? month.Plus(1).FirstDay.AddDays(day - 1)
            : null;

    /// <summary>Whether the Région pays for somebody in it, and nobody has validated it.</summary>
    public async Task<bool> IsWaitingAsync(Organisation organisation, YearMonth month, CancellationToken cancellation) =>
        organisation.Refuses(month) is null
        && (await months.FindAsync(organisation.Id, month, cancellation)).Value.State is MonthState.Open or MonthState.Returned
        && (await groups.TotalAsync(organisation.Id, month, cancellation))?.Counts.FundedLearners > 0;
}
