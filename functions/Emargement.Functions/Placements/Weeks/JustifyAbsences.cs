using Emargement.Domain.Placements;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Placements.Weeks;

/// <summary>Accepts, for the organisation, the reason of absences of a week.</summary>
public sealed class JustifyAbsences(PlacementFiles files, TimeProvider time)
{
    public async Task<Result<PlacementFile>> RunAsync(
        PlacementWeek at, JustifyRequest request, string by, CancellationToken cancellation) =>
        await files.AddAsync(
            await files.ReadAsync(at.Placement, cancellation),
            file => OfficeStatements.Justify(file.State, at.Week, request.Days, request.Reason, by, time.GetUtcNow()),
            cancellation);
}
