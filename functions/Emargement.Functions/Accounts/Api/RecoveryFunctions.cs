using Emargement.Domain.People;
using Emargement.Functions.Accounts.Recovery;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Accounts.Api;

/// <param name="Login">An e-mail address or a reference.</param>
public sealed record AskRecoveryBody(string Login);

/// <summary>New passwords for people who forgot theirs, by mail.</summary>
public sealed class RecoveryFunctions(OrganisationSettings organisations, AskRecovery ask)
{
    /// <summary>Sends a link to whoever may choose a new password with it. The answer is the same for every login.</summary>
    [Function("AskRecovery")]
    [Public("Nobody who forgot the password can sign in; every login gets the same answer, and a mail goes to known addresses only.",
        PerMinute = 60)]
    public async Task<IResult> Ask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/password-links")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.HolderAsync(request, cancellation),
            async (Organisation organisation, AskRecoveryBody body) =>
            {
                var asked = await ask.RunAsync(organisation.Id, body.Login, ClientNetwork.Of(request), cancellation);
                if (asked.IsOk)
                {
                    await client.StartOnceAsync(RecoverAccountOrchestrator.Name, asked.Value.InstanceId, asked.Value, cancellation);
                }

                return asked;
            },
            _ => Results.Accepted(),
            cancellation);
}
