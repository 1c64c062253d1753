using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Signing.Tokens;

/// <summary><c>POST learners/{learner}/token</c>: a new token, to be scanned into an authenticator app or written to a fob.</summary>
public sealed class ProvisionTokenFunction(ProvisionToken useCase)
{
    [Function("ProvisionToken")]
    [Access(Callers.Manager)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/learners/{learner}/token")] HttpRequest request,
        string org,
        string learner,
        CancellationToken cancellation)
    {
        var route = LearnerRoute.Parse(org, learner);
        if (!route.IsOk)
        {
            return Problem.From(route.Refusal);
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await useCase.TokenAsync(route.Value.Organisation, route.Value.Learner, cancellation).ToHttp(token => ApiJson.Ok(token));
    }
}
