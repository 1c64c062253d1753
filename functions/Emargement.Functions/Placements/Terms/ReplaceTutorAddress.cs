using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Placements.Terms;

/// <summary>Changes a tutor's address: the next mail goes there at once, and links sent to the old one open nothing any more.</summary>
public sealed class ReplaceTutorAddress(PlacementFiles files, TimeProvider time)
{
    /// <param name="tutor">The tutor's key.</param>
    public async Task<Result<PlacementFile>> RunAsync(
        Route<PlacementId> route, string tutor, TutorAddressRequest request, string by, CancellationToken cancellation) =>
        await files.AddAsync(
            await files.ReadAsync(route, cancellation),
            file =>
            {
                var terms = file.State.Placement.Terms.WithAddress(
                    tutor, request.Email, request.Name is { } name ? PlainText.Of(name) : null);
                return terms.IsOk
                    ? PlacementPlanning.Change(file.State, request.Version, terms.Value, request.Reason, by, time.GetUtcNow())
                    : terms.Refusal;
            },
            cancellation);
}
