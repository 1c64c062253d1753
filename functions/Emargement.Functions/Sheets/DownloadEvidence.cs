using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Sheets;

/// <summary>A Session's sheet: the evidence beside it. The latest version unless <c>?version=n</c>.</summary>
public sealed class DownloadEvidence(SheetDownloads downloads)
{
    [Function("DownloadEvidence")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Machine, Right = "sessions")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = SessionRoute.Address + "/evidence")] HttpRequest request,
        string org,
        string session,
        CancellationToken cancellation) =>
        downloads.EvidenceAsync(request.Caller(), org, session, request.Query["version"].FirstOrDefault(), cancellation)
            .ToHttp(document => Results.Bytes(document.Content, document.Type, document.FileName));
}
