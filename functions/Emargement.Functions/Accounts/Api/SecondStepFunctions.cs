using Emargement.Domain.Accounts;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Accounts.Api;

/// <param name="Codes">Each replaces the app once. They are shown this once.</param>
public sealed record SpareCodesView(IReadOnlyList<string> Codes)
{
    public static SpareCodesView Of(SecondStepChange change) => new([.. change.Codes.Select(SpareCode.Written)]);
}

/// <summary>The second step of a sign-in: one's own, and that of somebody who lost it.</summary>
public sealed class SecondStepFunctions(
    OfferSecondStep offer,
    SetUpSecondStep setUp,
    TakeSecondStep take,
    RenewSpareCodes renew,
    RemoveSecondStep remove,
    ResetSecondStep reset)
{
    private const string Own = AccountRoute.OwnAddress + "/second-step";

    /// <summary>A secret to put into an authenticator app. Nothing changes until a code of it comes back.</summary>
    [Function("OfferSecondStep")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Officer | Callers.OneFactor, PerMinute = 20)]
    public Task<IResult> Offer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Own + "/offer")] HttpRequest request, CancellationToken cancellation) =>
        offer.RunAsync(AccountRoute.Own(request), cancellation).ToHttp(offered => ApiJson.Ok(offered));

    /// <summary>Sets the second step up with a code of the app, and answers with ten recovery codes; signs out everywhere else.</summary>
    [Function("SetUpSecondStep")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Officer | Callers.OneFactor, PerMinute = 20)]
    [Audit(AuditKind.Factor)]
    public Task<IResult> SetUp(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Own)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            (SetUpSecondStepBody body) => client.SendAsync(setUp.RunAsync(request, body, cancellation), c => c.Mails, cancellation),
            change => ApiJson.Ok(SpareCodesView.Of(change), StatusCodes.Status201Created),
            cancellation);

    /// <summary>Ends a sign-in whose answer said <c>second-step</c>: with a code of the app, or a recovery code.</summary>
    [Function("TakeSecondStep")]
    [Access(Callers.OneFactor, PerMinute = 20)]
    [Audit(AuditKind.SignIn)]
    public Task<IResult> Take(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Own + "/code")] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            (TakeSecondStepBody body) => take.RunAsync(request, body, cancellation),
            started => ApiJson.Ok(SignedIn.Of(started)),
            cancellation);

    /// <summary>Ten other recovery codes, for the password and a code; those before open nothing any more.</summary>
    [Function("RenewSpareCodes")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Officer, PerMinute = 20)]
    [Audit(AuditKind.Factor)]
    public Task<IResult> Renew(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Own + "/spare-codes")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            (ConfirmOwnerBody body) => client.SendAsync(renew.RunAsync(request.Caller(), body, cancellation), c => c.Mails, cancellation),
            change => ApiJson.Ok(SpareCodesView.Of(change)),
            cancellation);

    /// <summary>Removes one's own second step, for the password and a code, and signs out everywhere, here too.</summary>
    [Function("RemoveSecondStep")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Officer, PerMinute = 20)]
    [Audit(AuditKind.Factor)]
    public Task<IResult> Remove(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Own + "/removal")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            (ConfirmOwnerBody body) => client.SendAsync(remove.RunAsync(request, body, cancellation), c => c.Mails, cancellation),
            _ => Results.NoContent(),
            cancellation);

    /// <summary>Takes away the second step that somebody lost, and signs them out: their next sign-in sets up another. Of a manager, only
    /// the one who invited them may, where they are still there.</summary>
    [Function("ResetSecondStep")]
    [Access(Callers.Manager | Callers.Operator)]
    [Audit(AuditKind.Factor)]
    public Task<IResult> Reset(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = AccountRoute.Address + "/second-step")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            AccountRoute.Of(request),
            account => client.SendAsync(reset.RunAsync(account, request.Caller(), cancellation), c => c.Mails, cancellation),
            _ => Results.NoContent());
}
