using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Placements.Documents;

/// <summary><c>GET placements/{placement}/drafts/{period}</c>: the hours declared so far as PDF, not sealed, with a place to sign by hand: the paper form.</summary>
public sealed class DownloadDraftFunction(PlacementFiles files, DocumentContents contents)
{
    [Function("DownloadPlacementDraft")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/placements/{placement}/drafts/{period}")] HttpRequest request,
        string org,
        string placement,
        string period,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync(
            org,
            placement,
            async route =>
            {
                var file = await files.ReadAsync(route.Organisation, route.Placement, cancellation, withDrawings: true);
                return !file.IsOk ? file.Refusal
                    : PlacementPeople.Check(request.Caller(), file.Value) is { } refusal ? refusal
                    : await contents.DraftAsync(file.Value, period, cancellation);
            },
            pdf => Results.Bytes(pdf, "application/pdf", $"heures-{period}-projet.pdf"));
}
