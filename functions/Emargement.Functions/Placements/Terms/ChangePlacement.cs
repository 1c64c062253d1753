using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Placements.Terms;

/// <summary>Changes the terms of a placement: extends, shortens, changes tutors or days off.</summary>
public sealed class ChangePlacement(PlacementFiles files, TimeProvider time)
{
    public async Task<Result<PlacementFile>> RunAsync(
        Route<PlacementId> route, ChangePlacementRequest request, string by, CancellationToken cancellation) =>
        await files.AddAsync(
            await files.ReadAsync(route, cancellation),
            file => PlacementPlanning.Change(
                file.State, request.Version, request.ToTerms(file.State.Placement.Terms), request.Reason, by, time.GetUtcNow()),
            cancellation);
}
