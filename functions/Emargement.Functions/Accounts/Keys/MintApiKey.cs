using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Keys;

public sealed record MintKeyBody(string Name, IReadOnlyList<string> Rights);

/// <summary>A key for another system of the organisation. The answer is the only one that ever shows it.</summary>
public sealed class MintApiKey(OrganisationSettings organisations, ApiKeys keys)
{
    [Function("MintApiKey")]
    [Access(Callers.Manager | Callers.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/api-keys")] HttpRequest request, string org, CancellationToken cancellation)
    {
        var body = await request.ReadBodyAsync<MintKeyBody>(cancellation);
        var organisation = await organisations.GetAsync(org, cancellation);
        if ((body.Refusal ?? organisation.Refusal) is { } refusal)
        {
            return Problem.From(refusal);
        }

        var minted = await keys.MintAsync(new KeyOwner(organisation.Value!.Id, null), body.Value!.Name, body.Value.Rights, cancellation);
        return minted.ToHttp(k => ApiJson.Ok(k, StatusCodes.Status201Created));
    }
}
