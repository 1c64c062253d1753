using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

public sealed record ChangeOwnPasswordBody(string Current, string Password);

public sealed class ChangeOwnPassword(SignIn signIn, Passwords passwords, AccountSessions sessions)
{
    [Function("ChangeOwnPassword")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager, PerMinute = 10)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/me/password")] HttpRequest request, CancellationToken cancellation)
    {
        var body = await request.ReadBodyAsync<ChangeOwnPasswordBody>(cancellation);
        if (!body.IsOk)
        {
            return Problem.From(body.Refusal);
        }

        var caller = request.Caller();
        var (organisation, account) = (caller.Organisation!.Value, caller.Account!.Value);
        var confirmed = await signIn.ConfirmAsync(organisation, account, body.Value.Current, ClientNetwork.Of(request), cancellation);
        var changed = confirmed.IsOk ? await passwords.SetAsync(organisation, account, body.Value.Password, confirmed.Value, caller.Device, cancellation) : confirmed;
        if (changed.IsOk && caller.Device is null)
        {
            // The old cookie has just ended with the others.
            await sessions.StartAsync(request.HttpContext, organisation, changed.Value, stay: false, cancellation);
        }

        return changed.ToHttp(_ => Results.NoContent());
    }
}
