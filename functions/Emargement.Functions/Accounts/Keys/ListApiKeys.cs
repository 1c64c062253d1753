using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Keys;

/// <param name="LastUsedOn">A day (UTC), no more exact.</param>
public sealed record ApiKeyView(string KeyId, string Name, IReadOnlyList<string> Rights, DateTimeOffset CreatedAt, DateOnly? LastUsedOn)
{
    public static ApiKeyView Of(ApiKey key) => new(key.Id, key.Name, key.Rights, key.CreatedAt, key.LastUsedOn);
}

public sealed class ListApiKeys(ApiKeys keys)
{
    [Function("ListApiKeys")]
    [Access(Callers.Manager | Callers.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/api-keys")] HttpRequest request, string org, CancellationToken cancellation)
    {
        if (!OrganisationId.TryParse(org, out var organisation))
        {
            return Problem.From(Refusal.NotFound("organisation-unknown"));
        }

        var found = await keys.ListAsync(new KeyOwner(organisation, null), cancellation);
        return ApiJson.Ok(found.Select(ApiKeyView.Of));
    }
}
