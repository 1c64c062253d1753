using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Placements.Terms;

/// <summary>Cancels a placement: nobody is mailed any more, and what was validated is sealed.</summary>
public sealed class CancelPlacement(PlacementFiles files, TimeProvider time)
{
    public async Task<Result<PlacementFile>> RunAsync(
        Route<PlacementId> route, CancelPlacementRequest request, string by, CancellationToken cancellation) =>
        await files.AddAsync(
            await files.ReadAsync(route, cancellation),
            file => PlacementPlanning.Cancel(file.State, request.Version, request.Reason, by, time.GetUtcNow()),
            cancellation);
}
