using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months.Records;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Months.Runs;

/// <summary>
/// Finds the months whose summary is behind: those with a mark, and of each organisation the current one, when the window of a half-day
/// has ended since it was made. One range, and two calls an organisation.
/// </summary>
public sealed class FindChangedMonths(
    OrganisationsTable organisations, MonthMarksTable marks, GroupMonthsTable groups, SessionsTable sessions, TimeProvider time)
{
    public async Task<IReadOnlyList<MonthRun>> RunAsync(CancellationToken cancellation)
    {
        var marked = (await marks.ListAsync(cancellation)).Select(m => MonthRun.Of(m.Organisation, m.Month)).ToList();
        await foreach (var organisation in organisations.ListAsync(cancellation))
        {
            var month = YearMonth.Of(organisation.Value.Zone.DateAt(time.GetUtcNow()));
            var run = MonthRun.Of(organisation.Value.Id, month);
            if (!marked.Contains(run) && await HasEndedAsync(organisation.Value, month, cancellation))
            {
                marked.Add(run);
            }
        }

        return marked;
    }

    private async Task<bool> HasEndedAsync(Organisation organisation, YearMonth month, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var total = await groups.TotalAsync(organisation.Id, month, cancellation);
        var since = total?.At ?? DateTimeOffset.MinValue;
        var first = total is null ? month.FirstDay : organisation.Zone.DateAt(since).AddDays(-1);
        return await sessions.BetweenAsync(
                organisation.Id, first > month.FirstDay ? first : month.FirstDay, organisation.Zone.DateAt(now), cancellation)
            .Select(s => s.Value)
            .Where(s => s.State != SessionState.Cancelled && s.Modality != Modality.Company)
            .AnyAsync(s => SigningWindow.Of(s, organisation).EndsAt is var ends && ends > since && ends <= now, cancellation);
    }
}
