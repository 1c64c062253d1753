using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

public sealed class SignOutFunction(AccountSessions sessions)
{
    [Function("SignOut")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/sign-out")] HttpRequest request, CancellationToken cancellation)
    {
        await sessions.EndAsync(request.HttpContext, cancellation);
        return Results.NoContent();
    }
}
