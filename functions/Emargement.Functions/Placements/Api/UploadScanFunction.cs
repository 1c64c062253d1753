using Emargement.Functions.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>POST placements/{placement}/scans</c>: the scan of a signed paper form (PDF, JPEG or PNG, 10 MB).</summary>
public sealed class UploadScanFunction(OfficePlacement useCase, LargeBodies bodies)
{
    [Function("UploadPlacementScan")]
    [Access(Callers.Manager)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/placements/{placement}/scans")] HttpRequest request,
        string org,
        string placement,
        CancellationToken cancellation) =>
        PlacementRoute.RunAsync(
            org,
            placement,
            async route =>
            {
                var body = await bodies.ReadAsync(request, BodyLane.Known, OfficePlacement.MaxScan, cancellation);
                if (!body.IsOk)
                {
                    return body.Refusal;
                }

                using var scan = body.Value;
                return await useCase.StoreScanAsync(route, scan.Bytes, cancellation);
            },
            sha256 => ApiJson.Ok(new { scan = sha256 }, StatusCodes.Status201Created));
}
