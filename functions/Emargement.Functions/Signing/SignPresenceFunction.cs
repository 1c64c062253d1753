using Emargement.Domain.Platform;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Signing;

/// <summary><c>POST signatures</c>: signs with a ticket; 201 the first time, 200 with the first signature ever after.</summary>
public sealed class SignPresenceFunction(SignPresence useCase)
{
    [Function("SignPresence")]
    [Public("The presence ticket is the permission.", PerMinute = 3000)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/signatures")] HttpRequest request, string org, CancellationToken cancellation)
    {
        if (!OrganisationId.TryParse(org, out var organisation))
        {
            return Problem.From(Refusal.NotFound("organisation-unknown"));
        }

        var body = await request.ReadBodyAsync<SignatureRequest>(cancellation);
        if (!body.IsOk)
        {
            return Problem.From(body.Refusal);
        }

        var origin = new SignatureOrigin(ClientNetwork.Of(request), DeviceCookie.Of(request));
        return await useCase.SignAsync(organisation, body.Value, origin, request.Caller(), cancellation)
            .ToHttp(s => ApiJson.Ok(s, s.Repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created));
    }
}
