using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Placements.Weeks;

/// <summary>Maintains days against the tutor's disagreement: the tutor decides then.</summary>
public sealed class MaintainDays(PlacementFiles files, TimeProvider time)
{
    public async Task<Result<PlacementFile>> RunAsync(
        PlacementWeek at, MaintainRequest request, Caller caller, CancellationToken cancellation) =>
        await files.AddAsync(
            await files.OpenWeekAsync(at.Placement, at.Week, caller, cancellation),
            file => LearnerStatements.Maintain(file.State, at.Week, request.Days, request.Comment, caller.Id, time.GetUtcNow()),
            cancellation);
}
