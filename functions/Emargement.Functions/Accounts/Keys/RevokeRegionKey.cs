using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Keys;

public sealed class RevokeRegionKey(ApiKeys keys)
{
    [Function("RevokeRegionKey")]
    [Access(Callers.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/region/{region}/api-keys/{keyId}")] HttpRequest request,
        string region,
        string keyId,
        CancellationToken cancellation)
    {
        var revoked = RegionCode.TryParse(region, out _) && keyId.All(char.IsAsciiHexDigitLower)
            ? await keys.RevokeAsync(new KeyOwner(null, region), keyId, cancellation)
            : Refusal.NotFound("key-unknown");
        return revoked.ToHttp(_ => Results.NoContent());
    }
}
