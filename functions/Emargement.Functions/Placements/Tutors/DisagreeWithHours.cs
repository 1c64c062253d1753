using Emargement.Domain.Placements;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Placements.Tutors;

/// <summary>Disagrees with hours through the tutor's link: they go back to the learner.</summary>
public sealed class DisagreeWithHours(TutorAccess access, PlacementFiles files, TimeProvider time)
{
    public Task<Result<TutorScene>> RunAsync(string secret, DisagreeRequest request, string network, CancellationToken cancellation) =>
        access.OpenAsync(secret, cancellation).ThenAsync(async scene => scene.With(await files.AddAsync(
            scene.File,
            file => TutorStatements.Disagree(file.State, scene.Tutor, request.Days, SeenWeeks.Of(request.Seen), network, time.GetUtcNow()),
            cancellation)));
}
