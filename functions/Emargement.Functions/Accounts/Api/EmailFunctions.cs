using Emargement.Functions.Accounts.Addresses;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Accounts.Api;

/// <summary>The e-mail address of one's own account.</summary>
public sealed class EmailFunctions(ChangeOwnEmail change)
{
    /// <summary>Changes one's own e-mail address; both addresses are told.</summary>
    [Function("ChangeOwnEmail")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Officer, PerMinute = 10)]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = AccountRoute.OwnAddress + "/email")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            (ChangeOwnEmailBody body) => client.SendAsync(
                change.RunAsync(AccountRoute.Own(request), request.Caller().Device, body, cancellation), c => c.Batch, cancellation),
            _ => Results.NoContent(),
            cancellation);
}
