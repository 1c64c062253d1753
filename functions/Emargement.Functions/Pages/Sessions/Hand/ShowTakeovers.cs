using Emargement.Domain.People;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Web.Sessions.Hand;

namespace Emargement.Functions.Pages.Sessions.Hand;

/// <summary>Makes the list of colleagues' Sessions that a trainer may take over now: one range of the day, and a name for each.</summary>
public sealed class ShowTakeovers(SessionsTable sessions, SessionScenes scenes, TrainersTable trainers, TimeProvider time)
{
    public async Task<Result<TakeoverModel>> RunAsync(Organisation organisation, Caller caller, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var today = organisation.Zone.DateAt(now);
        var rows = new List<TakeoverRowModel>();
        await foreach (var stored in sessions.BetweenAsync(organisation.Id, today, today, cancellation))
        {
            var session = stored.Value;
            if (session.IsTaughtBy(caller.Person) || !Takeover.IsOpen(session, organisation, now))
            {
                continue;
            }

            var trainer = session.TrainerRef is { } planned ? await trainers.FindAsync(organisation.Id, planned, cancellation) : null;
            rows.Add(new TakeoverRowModel(
                session.Id,
                (await scenes.TrainingAsync(organisation.Id, session.TrainingRef, cancellation))?.Title ?? session.TrainingRef.Value,
                session.Group,
                session.Room,
                SessionViews.NameOf(trainer?.Value),
                session.Start,
                session.End));
        }

        return new TakeoverModel(organisation.Id, [.. rows.OrderBy(r => r.Start)]);
    }
}
