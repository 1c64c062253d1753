using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Recovery;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Accounts.Api;

/// <summary>New passwords for people who forgot theirs and cannot be written to: by a code on paper.</summary>
public sealed class RecoveryCodeFunctions(
    OrganisationSettings organisations, IssueRecoveryCodes issue, RecoverByCode recover, TellPasswordChanged tell, PublicAddress address)
{
    /// <summary>A code on paper with which a person chooses a new password, valid once and for seven days.</summary>
    [Function("PrintRecoveryCode")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Password)]
    public async Task<IResult> Print(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = AccountRoute.Address + "/recovery-code")] HttpRequest request,
        CancellationToken cancellation)
    {
        var account = AccountRoute.Of(request);
        return await (await organisations.OfAsync(request, cancellation))
            .ThenAsync(organisation => account.ThenAsync(a => issue.RunAsync(organisation, [a.Id], cancellation)))
            .ToHttp(codes => ToFile(codes, address.Of(request)));
    }

    /// <summary>Gives whoever holds a printed code the password that they choose. Every wrong login or code gets the same answer.</summary>
    [Function("RecoverByCode")]
    [Public("Nobody who forgot the password can sign in; tries are counted per login, and whole schools share a network.", PerMinute = 600)]
    [Audit(AuditKind.Password)]
    public async Task<IResult> Recover(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/password-codes")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            async (Organisation organisation, RecoverByCodeBody body) =>
            {
                var changed = await recover.RunAsync(organisation.Id, body, ClientNetwork.Of(request), cancellation);
                if (changed.IsOk)
                {
                    request.HttpContext.NoteSelf(organisation.Id, changed.Value.Id);
                    await client.SendAsync(await tell.RunAsync(organisation.Id, changed.Value, cancellation), cancellation);
                }

                return changed;
            },
            _ => Results.NoContent(),
            cancellation);

    /// <summary>Codes as a file to print.</summary>
    /// <param name="here">Public address of the app, without a final slash.</param>
    public static IResult ToFile(IssuedCodes codes, string here) => Results.File(
        RecoveryCodesPdf.Write(codes, new Uri($"{here}/o/{codes.Organisation.Id}/password#code")), "application/pdf", "codes-acces.pdf");
}
