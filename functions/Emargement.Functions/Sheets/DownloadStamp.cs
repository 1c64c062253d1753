using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Sheets;

/// <summary>A Session's sheet: the timestamp kept beside it. The latest version unless <c>?version=n</c>.</summary>
public sealed class DownloadStamp(SheetDownloads downloads)
{
    [Function("DownloadStamp")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Machine, Right = "sessions")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = SessionRoute.Address + "/stamp")] HttpRequest request,
        string org,
        string session,
        CancellationToken cancellation) =>
        downloads.StampAsync(request.Caller(), org, session, request.Query["version"].FirstOrDefault(), cancellation)
            .ToHttp(document => Results.Bytes(document.Content, document.Type, document.FileName));
}
