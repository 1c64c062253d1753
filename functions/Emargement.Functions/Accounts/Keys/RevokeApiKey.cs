using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Keys;

public sealed class RevokeApiKey(ApiKeys keys)
{
    [Function("RevokeApiKey")]
    [Access(Callers.Manager | Callers.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/organisations/{org}/api-keys/{keyId}")] HttpRequest request,
        string org,
        string keyId,
        CancellationToken cancellation)
    {
        var revoked = OrganisationId.TryParse(org, out var organisation) && keyId.All(char.IsAsciiHexDigitLower)
            ? await keys.RevokeAsync(new KeyOwner(organisation, null), keyId, cancellation)
            : Refusal.NotFound("key-unknown");
        return revoked.ToHttp(_ => Results.NoContent());
    }
}
