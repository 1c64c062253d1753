using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Placements.Weeks;

/// <summary>
/// Makes the device of one of the staff one that can be handed to a learner: from now on it serves one week of one placement and nothing
/// else. The learner declares and signs on it; what they say there names whose device it was.
/// </summary>
public sealed class HandOverWeek(PlacementFiles files, SessionsTable sessions, TrainingsTable trainings, Tablets tablets)
{
    /// <returns><c>not-your-learner</c> for a trainer who teaches no session of the learner's group, or <c>placement-cancelled</c>, or
    /// what opening the placement refuses.</returns>
    public async Task<Result<bool>> RunAsync(HttpRequest request, PlacementWeek at, CancellationToken cancellation)
    {
        var caller = request.Caller();
        var opened = await files.OpenAsync(at.Placement, caller, cancellation);
        if (!opened.IsOk)
        {
            return opened.Refusal;
        }

        var placement = opened.Value.State.Placement;
        return placement.Cancelled ? Refusal.Conflict("placement-cancelled")
            : caller.Kind == Callers.Trainer && !await TeachesAsync(caller, placement, cancellation) ? Refusal.Forbidden("not-your-learner")
            : await tablets.StartAsync(request, new HandedWeek(placement.Id, at.Week), cancellation);
    }

    private async Task<bool> TeachesAsync(Caller trainer, Placement placement, CancellationToken cancellation) =>
        await trainings.FindAsync(placement.Organisation, placement.TrainingRef, cancellation) is { Value: var training }
        && await sessions.OfTrainingAsync(
                placement.Organisation, placement.TrainingRef, training.FirstDay, training.LastDay, cancellation)
            .AnyAsync(
                s => s.State != SessionState.Cancelled && s.Groups.Contains(placement.Group) && s.IsTaughtBy(trainer.Person), cancellation);
}
