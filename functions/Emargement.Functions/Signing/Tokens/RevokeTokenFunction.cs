using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Signing.Tokens;

/// <summary><c>DELETE learners/{learner}/token</c>: token and card stop at once.</summary>
public sealed class RevokeTokenFunction(ProvisionToken useCase)
{
    [Function("RevokeToken")]
    [Access(Callers.Manager)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/organisations/{org}/learners/{learner}/token")] HttpRequest request,
        string org,
        string learner,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var route = LearnerRoute.Parse(org, learner);
        return route.IsOk
            ? await useCase.RevokeAsync(route.Value.Organisation, route.Value.Learner, cancellation).ToHttp(_ => Results.NoContent())
            : Problem.From(route.Refusal);
    }
}
