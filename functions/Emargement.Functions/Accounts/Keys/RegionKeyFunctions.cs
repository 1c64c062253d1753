using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Keys;

/// <summary>Keys of a Région's systems; the operator makes them and takes them back.</summary>
public sealed class RegionKeyFunctions(ApiKeys keys)
{
    private const string Route = "api/region/{region}/api-keys";

    /// <summary>A key for a Région's system. The answer is the only one that ever shows it.</summary>
    [Function("MintRegionKey")]
    [Access(Callers.Operator)]
    [Audit(AuditKind.Key)]
    public Task<IResult> Mint(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            KeyRoute.OfRegion(request),
            (KeyOwner owner, MintKeyBody body) => keys.MintAsync(owner, body.Name, body.Rights, cancellation, body.Days),
            key => ApiJson.Ok(key, StatusCodes.Status201Created),
            cancellation);

    /// <summary>A new key in the place of a Région's, which opens for seven days more. The answer is the only one that ever shows
    /// it.</summary>
    [Function("RotateRegionKey")]
    [Access(Callers.Operator)]
    [Audit(AuditKind.Key)]
    public Task<IResult> Rotate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/{keyId}/rotation")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            KeyRoute.OfRegion(request),
            owner => keys.RotateAsync(owner, request.RouteText("keyId"), cancellation),
            key => ApiJson.Ok(key, StatusCodes.Status201Created));

    /// <summary>Takes a Région's key back: it opens nothing any more.</summary>
    [Function("RevokeRegionKey")]
    [Access(Callers.Operator)]
    [Audit(AuditKind.Key)]
    public Task<IResult> Revoke(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/{keyId}")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            KeyRoute.OfRegion(request),
            owner => keys.RevokeAsync(owner, request.RouteText("keyId"), cancellation),
            _ => Results.NoContent());
}
