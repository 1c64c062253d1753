using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>A learner's means of signing by one-time codes: a token and a card, given and taken back.</summary>
public sealed class TokenFunctions(ProvisionToken provision, RevokeToken revoke, PrintCard print, PrintCards printAll)
{
    /// <summary>A new token, to be scanned into an authenticator app or written to a fob.</summary>
    [Function("ProvisionToken")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Factor)]
    public Task<IResult> Provision(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = LearnerRoute.Address + "/token")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            LearnerRoute.Of(request),
            learner => provision.RunAsync(learner.Organisation, learner.Id, cancellation),
            token => ApiJson.Ok(token));

    /// <summary>Token and card stop at once.</summary>
    [Function("RevokeToken")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Factor)]
    public Task<IResult> Revoke(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = LearnerRoute.Address + "/token")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            LearnerRoute.Of(request),
            learner => revoke.RunAsync(learner.Organisation, learner.Id, cancellation),
            _ => Results.NoContent());

    /// <summary>A new card of single-use codes, as a PDF to print.</summary>
    [Function("PrintCard")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Factor)]
    public Task<IResult> Print(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = LearnerRoute.Address + "/card")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            LearnerRoute.Of(request),
            learner => print.RunAsync(learner.Organisation, learner.Id, cancellation),
            card => Results.File(CardPdf.Write(card), "application/pdf", $"carte-{card.Learner.Ref.Key}.pdf"));

    /// <summary>A new card for each learner of a group, as one PDF to print; the cards before stop.</summary>
    [Function("PrintCards")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Factor)]
    public Task<IResult> PrintAll(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/groups/{training}/{group}/cards")]
        HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            LearnerRoute.GroupOf(request),
            group => printAll.RunAsync(group.Organisation, group.Id.Training, group.Id.Group, cancellation),
            ToFile);

    /// <summary>Cards as a file to print.</summary>
    public static IResult ToFile(IReadOnlyList<PrintedCard> cards) =>
        Results.File(CardPdf.Write(cards), "application/pdf", "cartes.pdf");
}
