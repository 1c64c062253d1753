using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Sheets;

/// <summary>A Session's sheet, to be downloaded by those who may see the Session: the latest version unless <c>?version=n</c>.</summary>
public sealed class SheetFunctions(SheetDownloads downloads)
{
    /// <summary>A Session's sheet: the sealed PDF. The latest version unless ?version=n.</summary>
    [Function("DownloadSheet")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Machine, Right = "sessions")]
    [Audit(AuditKind.Export)]
    public Task<IResult> Sheet(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = SessionRoute.Address + "/sheet")] HttpRequest request,
        CancellationToken cancellation) =>
        AnswerAsync(request, downloads.PdfAsync, cancellation);

    /// <summary>A Session's sheet: the evidence beside it. The latest version unless ?version=n.</summary>
    [Function("DownloadEvidence")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Machine, Right = "sessions")]
    [Audit(AuditKind.Export)]
    public Task<IResult> Evidence(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = SessionRoute.Address + "/evidence")] HttpRequest request,
        CancellationToken cancellation) =>
        AnswerAsync(request, downloads.EvidenceAsync, cancellation);

    /// <summary>A Session's sheet: the timestamp kept beside it. The latest version unless ?version=n.</summary>
    [Function("DownloadStamp")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Machine, Right = "sessions")]
    public Task<IResult> Stamp(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = SessionRoute.Address + "/stamp")] HttpRequest request,
        CancellationToken cancellation) =>
        AnswerAsync(request, downloads.StampAsync, cancellation);

    private static Task<IResult> AnswerAsync(
        HttpRequest request, Func<SheetAsked, CancellationToken, Task<Result<SheetDocument>>> read, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            SessionRoute.Of(request),
            session => read(new(request.Caller(), session, request.Query["version"].FirstOrDefault()), cancellation),
            document => Results.Bytes(document.Content, document.Type, document.FileName));
}
