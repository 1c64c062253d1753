using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Region;

/// <summary>Where to follow an export that was asked for.</summary>
public sealed record ExportStarted(string Region, string Month, string Status);

/// <summary>The exports of a Région's month: asked for, followed, listed, downloaded.</summary>
public sealed class RegionExportFunctions(StartRegionExport start, RegionExportRuns runs, ListRegionExports list, OpenExportFile open)
{
    /// <summary>
    /// Asks for the next version of every organisation's month. While a run of that month is under way, it is the answer.
    /// </summary>
    [Function("StartRegionExport")]
    [Access(Callers.RegionKey | Callers.Operator, Right = ApiRights.Exports, PerMinute = 10)]
    public Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = RegionRoute.Address)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            RegionRoute.Of(request),
            async route =>
            {
                var asked = await start.RunAsync(route, request.Caller().Id, cancellation);
                return asked.IsOk ? await runs.StartAsync(client, asked.Value, cancellation) : asked.Refusal;
            },
            started =>
            {
                request.HttpContext.Response.Headers.Location = started.Status;
                return ApiJson.Ok(started, StatusCodes.Status202Accepted);
            });

    /// <summary>Tells how far the last run of a month is.</summary>
    [Function("GetRegionExportStatus")]
    [Access(Callers.RegionKey | Callers.Operator, Right = ApiRights.Exports)]
    public Task<IResult> Status(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = RegionRoute.Address + "/status")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            RegionRoute.Of(request), route => runs.FindAsync(client, route, cancellation), run => ApiJson.Ok(ExportStatus.Of(run)));

    /// <summary>Lists the whole versions of a month, by organisation, oldest first.</summary>
    [Function("ListRegionExports")]
    [Access(Callers.RegionKey | Callers.Officer | Callers.Operator, Right = ApiRights.Exports)]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = RegionRoute.Address)] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(RegionRoute.Of(request), route => list.RunAsync(route, cancellation), versions => ApiJson.Ok(versions));

    /// <summary>Streams one file of a whole version.</summary>
    [Function("DownloadRegionExport")]
    [Access(Callers.RegionKey | Callers.Officer, Right = ApiRights.Exports, PerMinute = 600)]
    [Audit(AuditKind.Export)]
    public Task<IResult> Download(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = RegionRoute.Address + "/{nda}/{version}/{file}")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            RegionRoute.Of(request),
            route => open.RunAsync(
                route, request.RouteText("nda"), request.RouteText("version"), request.RouteText("file"), cancellation),
            file =>
            {
                request.HttpContext.Response.Headers.CacheControl = "private, no-store";
                return Results.Stream(file.Content, file.Type, file.Name);
            });
}
