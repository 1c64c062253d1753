using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Placements.Weeks;

/// <summary>
/// Says whether somebody of the staff may hand a device to a learner: it then serves one week of one placement and nothing else. The
/// learner declares and signs on it; what they say there names whose device it was.
/// </summary>
public sealed class HandOverWeek(PlacementFiles files, SessionsTable sessions, TrainingsTable trainings)
{
    /// <returns>The week that the device is to serve; or <c>not-your-learner</c> for a trainer who teaches no session of the learner's
    /// group, or <c>placement-cancelled</c>, or what opening the placement refuses.</returns>
    public async Task<Result<HandedWeek>> RunAsync(PlacementWeek at, Caller caller, CancellationToken cancellation)
    {
        var opened = await files.OpenAsync(at.Placement, caller, cancellation);
        if (!opened.IsOk)
        {
            return opened.Refusal;
        }

        var placement = opened.Value.State.Placement;
        return placement.Cancelled ? Refusal.Conflict("placement-cancelled")
            : caller.Kind == Callers.Trainer && !await TeachesAsync(caller, placement, cancellation) ? Refusal.Forbidden("not-your-learner")
            : new HandedWeek(placement.Id, at.Week);
    }

    private async Task<bool> TeachesAsync(Caller trainer, Placement placement, CancellationToken cancellation) =>
        await trainings.FindAsync(placement.Organisation, placement.TrainingRef, cancellation) is { Value: var training }
        && await sessions.OfTrainingAsync(
                placement.Organisation, placement.TrainingRef, training.FirstDay, training.LastDay, cancellation)
            .AnyAsync(
                s => s.State != SessionState.Cancelled && s.Groups.Contains(placement.Group) && s.IsTaughtBy(trainer.Person), cancellation);
}
