using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Placements.Documents;

/// <summary><c>GET placements/{placement}/documents/{period}</c>: the sealed PDF, its latest version unless <c>version</c> says.</summary>
public sealed class DownloadDocumentFunction(PlacementFiles files, PlacementDocuments documents)
{
    [Function("DownloadPlacementDocument")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/placements/{placement}/documents/{period}")] HttpRequest request,
        string org,
        string placement,
        string period,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync(
            org,
            placement,
            async route =>
            {
                var file = await files.ReadAsync(route.Organisation, route.Placement, cancellation);
                return !file.IsOk ? file.Refusal
                    : PlacementPeople.Check(request.Caller(), file.Value) is { } refusal ? refusal
                    : await documents.FindAsync(file.Value, period, request.Query["version"], cancellation);
            },
            pdf => Results.Bytes(pdf, "application/pdf", $"heures-{period}.pdf"));
}
