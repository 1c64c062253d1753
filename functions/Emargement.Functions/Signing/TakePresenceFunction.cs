using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Signing;

/// <summary><c>POST presence</c>: a proof of presence for a ticket to sign with.</summary>
public sealed class TakePresenceFunction(TakePresence useCase)
{
    [Function("TakePresence")]
    [Public("A token or a personal link says who without a sign-in; the other proofs ask for one themselves.", PerMinute = 3000)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/presence")] HttpRequest request, string org, CancellationToken cancellation)
    {
        if (!OrganisationId.TryParse(org, out var organisation))
        {
            return Problem.From(Refusal.NotFound("organisation-unknown"));
        }

        var body = await request.ReadBodyAsync<PresenceRequest>(cancellation);
        return body.IsOk
            ? await useCase.TakeAsync(organisation, body.Value, request.Caller(), ClientNetwork.Of(request), cancellation).ToHttp(answer => ApiJson.Ok(answer))
            : Problem.From(body.Refusal);
    }
}
