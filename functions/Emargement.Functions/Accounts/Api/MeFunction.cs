using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

public sealed class MeFunction(AccountsTable accounts)
{
    [Function("Me")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/me")] HttpRequest request, CancellationToken cancellation)
    {
        var caller = request.Caller();
        var stored = await accounts.FindAsync(caller.Organisation!.Value, caller.Account!.Value, cancellation);
        return stored is null ? Problem.From(Refusal.NotFound("account-unknown")) : ApiJson.Ok(SignedIn.Of(stored.Value));
    }
}
