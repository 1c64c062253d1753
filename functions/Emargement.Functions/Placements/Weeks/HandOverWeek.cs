using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Placements.Weeks;

/// <summary>
/// Says whether somebody of the staff may hand a device to a learner: it then serves one week of one placement and nothing else. The
/// learner declares and signs on it; what they say there names whose device it was.
/// </summary>
public sealed class HandOverWeek(PlacementFiles files)
{
    /// <returns>The week that the device is to serve; or <c>placement-cancelled</c>, or what opening the placement refuses.</returns>
    public async Task<Result<HandedWeek>> RunAsync(PlacementWeek at, Caller caller, CancellationToken cancellation)
    {
        var opened = await files.OpenAsync(at.Placement, caller, cancellation);
        if (!opened.IsOk)
        {
            return opened.Refusal;
        }

        var placement = opened.Value.State.Placement;
        return placement.Cancelled ? Refusal.Conflict("placement-cancelled") : new HandedWeek(placement.Id, at.Week);
    }
}
