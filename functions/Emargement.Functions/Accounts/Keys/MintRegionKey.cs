using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Keys;

public sealed class MintRegionKey(ApiKeys keys)
{
    [Function("MintRegionKey")]
    [Access(Callers.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/region/{region}/api-keys")] HttpRequest request, string region, CancellationToken cancellation)
    {
        var body = await request.ReadBodyAsync<MintKeyBody>(cancellation);
        if (!body.IsOk)
        {
            return Problem.From(body.Refusal);
        }

        var minted = RegionCode.TryParse(region, out _)
            ? await keys.MintAsync(new KeyOwner(null, region), body.Value.Name, body.Value.Rights, cancellation)
            : Refusal.NotFound("region-unknown");
        return minted.ToHttp(k => ApiJson.Ok(k, StatusCodes.Status201Created));
    }
}
