using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Sessions.Paper;

/// <param name="Scan">SHA-256 of what was kept.</param>
public sealed record ScanKept(string Scan);

/// <summary>Half-days signed on paper: the scan first, then what a person read on it.</summary>
public sealed class PaperFunctions(SessionScenes scenes, SheetScans scans, RecordSheet record, SealStarter seal, LargeBodies bodies)
{
    /// <summary>Keeps the scan of a signed sheet: a PDF, a JPEG or a PNG of 10 MB at most. Sent again, it is the same one.</summary>
    [Function("UploadSheetScan")]
    [Access(Callers.Manager)]
    public Task<IResult> Upload(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/scans")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            SessionRoute.Of(request),
            route => SceneAsync(request, route, cancellation).ThenAsync(scene => bodies.UseAsync(
                request, BodyLane.Known, ScanType.MaxBytes,
                scan => scans.StoreAsync(route.Organisation, scene.Session.TrainingRef, [route.Id.Month], scan, cancellation),
                cancellation)),
            sha256 => ApiJson.Ok(new ScanKept(sha256), StatusCodes.Status201Created));

    /// <summary>The scan of a signed sheet, as it was sent, as an attachment; who opened it is written down.</summary>
    [Function("DownloadSheetScan")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Export)]
    public Task<IResult> Download(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = SessionRoute.Address + "/scans/{scan}")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            SessionRoute.Of(request),
            route => SceneAsync(request, route, cancellation).ThenAsync(
                scene => scans.ReadAsync(
                    route.Organisation, scene.Session.TrainingRef, route.Id.Month, request.RouteText("scan"), cancellation)),
            scan => Results.Bytes(scan.Content, scan.Type, "feuille-signee." + scan.Type[(scan.Type.IndexOf('/') + 1)..]));

    /// <summary>Records a half-day from the scan of its signed sheet; then the sheet is sealed.</summary>
    [Function("RecordSheet")]
    [Access(Callers.Manager)]
    [OwnFacts]
    public Task<IResult> Record(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/paper")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            SessionRoute.Of(request),
            (Route<SessionId> session, PaperEntry body) => record
                .RunAsync(session.Organisation, session.Id, body, request.Caller(), cancellation)
                .ThenAsync(closed => seal.StartAsync(client, closed, cancellation)),
            c => ApiJson.Ok(
                new SessionClosed(request.RouteText("session"), c.At, c.By, c.HeadCount, c.SignedCount, c.Expected),
                StatusCodes.Status201Created),
            cancellation);

    private Task<Result<SessionScene>> SceneAsync(HttpRequest request, Route<SessionId> route, CancellationToken cancellation) =>
        scenes.LatelyForAsync(route.Organisation, route.Id, request.Caller(), cancellation);
}
