using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months.Records;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Months.Runs;

/// <summary>
/// Finds the months whose summary is behind: those with a mark, and of each organisation those of the last seven days, when the window of
/// a half-day has ended since it was made, or a day went by: an absence becomes a thing to settle by time alone. One range, and two calls
/// a month looked at.
/// </summary>
public sealed class FindChangedMonths(
    OrganisationsTable organisations, MonthMarksTable marks, GroupMonthsTable groups, SessionsTable sessions, TimeProvider time)
{
    private const int LookedBack = 7;

    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<MonthRun>> RunAsync(CancellationToken cancellation)
    {
        var marked = (await marks.ListAsync(cancellation)).Select(m => MonthRun.Of(m.Organisation, m.Month)).ToList();
        await foreach (var organisation in organisations.ListAsync(cancellation))
        {
            var today = organisation.Value.Zone.DateAt(time.GetUtcNow());
            foreach (var month in YearMonth.Between(today.AddDays(-LookedBack), today))
            {
                var run = MonthRun.Of(organisation.Value.Id, month);
                if (!marked.Contains(run) && await IsBehindAsync(organisation.Value, month, cancellation))
                {
                    marked.Add(run);
                }
            }
        }

        return marked;
    }

    private async Task<bool> IsBehindAsync(Organisation organisation, YearMonth month, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var total = await groups.TotalAsync(organisation.Id, month, cancellation);
        if (total is not null && now - total.At >= OneDay)
        {
            return true;
        }

        var since = total?.At ?? DateTimeOffset.MinValue;
        var first = total is null ? month.FirstDay : organisation.Zone.DateAt(since).AddDays(-1);
        var last = organisation.Zone.DateAt(now);
        return await sessions.BetweenAsync(
                organisation.Id, first > month.FirstDay ? first : month.FirstDay, last < month.LastDay ? last : month.LastDay, cancellation)
            .Select(s => s.Value)
            .Where(s => s.State != SessionState.Cancelled && s.Modality != Modality.Company)
            .AnyAsync(s => SigningWindow.Of(s, organisation).EndsAt is var ends && ends > since && ends <= now, cancellation);
    }
}
