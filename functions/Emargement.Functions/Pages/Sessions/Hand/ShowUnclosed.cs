using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Web.Sessions.Hand;

namespace Emargement.Functions.Pages.Sessions.Hand;

/// <summary>Makes the list of what a trainer has left open: the open Sessions of the last month, of which the storage gives no others, and
/// the facts of each.</summary>
public sealed class ShowUnclosed(SessionsTable sessions, WatchSession watch, TimeProvider time)
{
    private const int Days = 31;

    public async Task<Result<UnclosedModel>> RunAsync(Organisation organisation, Caller caller, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var today = organisation.Zone.DateAt(now);
        var open = await sessions.OpenBetweenAsync(organisation.Id, today.AddDays(-Days), today, cancellation)
            .Where(s => s.End <= now && SessionStaff.Check(caller, s) is null)
            .ToListAsync(cancellation);
        var rows = await Task.WhenAll(open.Select(s => RowAsync(s, caller, cancellation)));
        return new UnclosedModel(organisation.Id, [.. rows.OrderBy(r => r.Start)]);
    }

    private async Task<UnclosedRowModel> RowAsync(Session session, Caller caller, CancellationToken cancellation)
    {
        var live = await watch.RunAsync(session.Organisation, session.Id, caller, cancellation);
        return new UnclosedRowModel(
            session.Id,
            live.IsOk ? SessionViews.TitleOf(live.Value.Session) : session.TrainingRef.Value,
            session.Group,
            session.Start,
            session.End,
            live.IsOk ? live.Value.SignedCount : 0,
            live.IsOk ? live.Value.Expected : 0);
    }
}
