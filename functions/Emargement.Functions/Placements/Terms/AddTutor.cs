using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Placements.Terms;

/// <summary>Gives a placement another tutor from a day on.</summary>
public sealed class AddTutor(PlacementFiles files, TimeProvider time)
{
    public async Task<Result<PlacementFile>> RunAsync(
        Route<PlacementId> route, NextTutorRequest request, string by, CancellationToken cancellation) =>
        await files.AddAsync(
            await files.ReadAsync(route, cancellation),
            file =>
            {
                var terms = file.State.Placement.Terms.WithTutor(
                    PlainText.Of(request.Name), request.Email, request.Language ?? "fr", request.From);
                return terms.IsOk
                    ? PlacementPlanning.Change(file.State, request.Version, terms.Value, request.Reason, by, time.GetUtcNow())
                    : terms.Refusal;
            },
            cancellation);
}
