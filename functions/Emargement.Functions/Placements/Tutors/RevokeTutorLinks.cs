using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Placements.Tutors;

/// <summary>Kills the links that a tutor was sent so far.</summary>
public sealed class RevokeTutorLinks(PlacementFiles files, TimeProvider time)
{
    /// <param name="tutor">The tutor's key.</param>
    public async Task<Result<PlacementFile>> RunAsync(
        Route<PlacementId> route, string tutor, string reason, string by, CancellationToken cancellation) =>
        await files.AddAsync(
            await files.ReadAsync(route, cancellation),
            file => OfficeStatements.RevokeLinks(file.State, tutor, reason, by, time.GetUtcNow()),
            cancellation);
}
