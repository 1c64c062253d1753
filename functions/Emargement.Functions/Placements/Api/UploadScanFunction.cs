using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Placements.Api;

/// <summary><c>POST placements/{placement}/scans</c>: the scan of a signed paper form (PDF, JPEG or PNG, 10 MB).</summary>
public sealed class UploadScanFunction(OfficePlacement useCase)
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
                var scan = await request.ReadBytesAsync(OfficePlacement.MaxScan, cancellation);
                return scan.IsOk ? await useCase.StoreScanAsync(route, scan.Value, cancellation) : scan.Refusal;
            },
            sha256 => ApiJson.Ok(new { scan = sha256 }, StatusCodes.Status201Created));
}
