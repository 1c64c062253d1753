using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Recovery;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Accounts.Api;

public sealed record SetPasswordBody(string Password);

/// <summary>Passwords: one's own, and those that a manager gives.</summary>
public sealed class PasswordFunctions(ChangeOwnPassword change, GivePassword give, TellPasswordChanged tell)
{
    /// <summary>Changes one's own password, and signs out everywhere else.</summary>
    [Function("ChangeOwnPassword")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Officer, PerMinute = 10)]
    [Audit(AuditKind.Password)]
    public Task<IResult> ChangeOwn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = AccountRoute.OwnAddress + "/password")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            async (ChangeOwnPasswordBody body) =>
            {
                var changed = await change.RunAsync(request, body, cancellation);
                if (changed.IsOk)
                {
                    var organisation = AccountRoute.Own(request).Organisation;
                    await client.SendAsync(await tell.RunAsync(organisation, changed.Value, cancellation), cancellation);
                }

                return changed;
            },
            _ => Results.NoContent(),
            cancellation);

    /// <summary>A manager gives a person their first, or a new, password.</summary>
    [Function("SetPassword")]
    [Access(Callers.Manager | Callers.Operator)]
    [Audit(AuditKind.Password)]
    public Task<IResult> Set(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = AccountRoute.Address + "/password")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            AccountRoute.Of(request),
            (Route<AccountId> account, SetPasswordBody body) => client.SendAsync(
                give.RunAsync(account, body.Password, cancellation), given => given.Batch, cancellation),
            _ => Results.NoContent(),
            cancellation);
}
