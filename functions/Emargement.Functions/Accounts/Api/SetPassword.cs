using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

public sealed record SetPasswordBody(string Password);

/// <summary>A manager gives a person their first, or a new, password.</summary>
public sealed class SetPassword(Passwords passwords)
{
    [Function("SetPassword")]
    [Access(Callers.Manager | Callers.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/accounts/{account}/password")] HttpRequest request,
        string org,
        string account,
        CancellationToken cancellation)
    {
        var body = await request.ReadBodyAsync<SetPasswordBody>(cancellation);
        var named = Routes.Account(org, account);
        if ((body.Refusal ?? named.Refusal) is { } refusal)
        {
            return Problem.From(refusal);
        }

        var (organisation, id) = named.Value;
        var set = await passwords.SetAsync(organisation, id, body.Value!.Password, known: null, keptDevice: null, cancellation);
        return set.ToHttp(_ => Results.NoContent());
    }
}
