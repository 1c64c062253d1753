using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Signing;

namespace Emargement.Functions.Placements.Tutors;

/// <summary>Validates hours through the tutor's link, all weeks or some, and signs.</summary>
public sealed class ValidateHours(TutorAccess access, PlacementFiles files, TimeProvider time)
{
    public async Task<Result<TutorScene>> RunAsync(string secret, ValidateRequest request, string network, CancellationToken cancellation)
    {
        var mark = SignatureMark.Parse(request.Drawing, request.TypedName, wanted: true);
        if (!mark.IsOk)
        {
            return mark.Refusal;
        }

        var decided = request.Decided?.DistinctBy(d => d.Date).ToDictionary(d => d.Date, d => d.Minutes) ?? [];
        var signature = new FactSignature(mark.Value.Drawing?.Sha256, mark.Value.TypedName, network);
        return await access.OpenAsync(secret, cancellation).ThenAsync(async scene => scene.With(await files.AddAsync(
            scene.File,
            file => TutorStatements.Validate(
                file.State, scene.Tutor, request.Weeks, SeenWeeks.Of(request.Seen), decided, signature, time.GetUtcNow()),
            cancellation,
            mark.Value.Drawing?.Path)));
    }
}
