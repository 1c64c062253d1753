using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Documents;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Placements.Api;

/// <summary>The document of a period of a placement, sealed or as a draft.</summary>
public sealed class PlacementDocumentFunctions(PlacementFiles files, PlacementDocuments documents, DocumentContents contents)
{
    /// <summary>The sealed PDF, its latest version unless <c>version</c> says.</summary>
    [Function("DownloadPlacementDocument")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    [Audit(AuditKind.Export)]
    public Task<IResult> Document(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PlacementRoute.Address + "/documents/{period}")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            PlacementRoute.Of(request),
            route => files.OpenAsync(route, request.Caller(), cancellation)
                .ThenAsync(file => documents.FindAsync(file, DocumentRoute.Period(request), request.Query["version"], cancellation)),
            pdf => Results.Bytes(pdf, "application/pdf", DocumentRoute.FileName(request)));

    /// <summary>The hours declared so far as PDF, not sealed, with a place to sign by hand: the paper form.</summary>
    [Function("DownloadPlacementDraft")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public Task<IResult> Draft(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PlacementRoute.Address + "/drafts/{period}")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            PlacementRoute.Of(request),
            route => files.OpenAsync(route, request.Caller(), cancellation, withDrawings: true)
                .ThenAsync(file => contents.DraftAsync(file, DocumentRoute.Period(request), cancellation)),
            pdf => Results.Bytes(pdf, "application/pdf", DocumentRoute.DraftName(request)));
}
