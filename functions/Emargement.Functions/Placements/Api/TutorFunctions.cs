using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Documents;
using Emargement.Functions.Placements.Tutors;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary>What a tutor sees and answers through the link of their mail, without an account.</summary>
public sealed class TutorFunctions(
    TutorAccess access,
    TutorViews views,
    ValidateHours validate,
    DisagreeWithHours disagree,
    RenewTutorLink renew,
    PlacementDocuments documents,
    DocumentContents contents,
    PlacementAnswers answers)
{
    private const string Because = "The tutor has no account; the link is the permission.";

    /// <summary>The tutor's weeks; changes nothing.</summary>
    [Function("ViewTutorHours")]
    [Public(Because)]
    public Task<IResult> View(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = TutorRoute.Address)] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            TutorRoute.Of(request), secret => ViewAsync(access.OpenAsync(secret, cancellation), cancellation), view => ApiJson.Ok(view));

    /// <summary>Validates all weeks or some, and signs.</summary>
    [Function("ValidateHours")]
    [Public(Because)]
    public Task<IResult> Validate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = TutorRoute.Address + "/validation")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            TutorRoute.Of(request),
            (string secret, ValidateRequest body) => WokenAsync(
                client, validate.RunAsync(secret, body, ClientNetwork.Of(request), cancellation), cancellation),
            view => ApiJson.Ok(view),
            cancellation);

    /// <summary>Which day, how many hours, and why; it goes back to the learner.</summary>
    [Function("DisagreeHours")]
    [Public(Because)]
    public Task<IResult> Disagree(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = TutorRoute.Address + "/disagreements")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            TutorRoute.Of(request),
            (string secret, DisagreeRequest body) => WokenAsync(
                client, disagree.RunAsync(secret, body, ClientNetwork.Of(request), cancellation), cancellation),
            view => ApiJson.Ok(view),
            cancellation);

    /// <summary>A new link, to the same address only.</summary>
    [Function("RenewTutorLink")]
    [Public(Because)]
    public Task<IResult> Renew(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = TutorRoute.Address + "/renewal")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            TutorRoute.Of(request),
            secret => answers.WokenAsync(client, renew.RunAsync(secret, cancellation), file => file, cancellation),
            _ => Results.Accepted());

    /// <summary>What the tutor signed, as sealed.</summary>
    [Function("DownloadTutorDocument")]
    [Public(Because)]
    public Task<IResult> Document(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = TutorRoute.Address + "/documents/{period}")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            TutorRoute.Of(request),
            secret => access.OpenPeriodAsync(secret, DocumentRoute.Period(request), cancellation)
                .ThenAsync(file => documents.FindAsync(file, DocumentRoute.Period(request), request.Query["version"], cancellation)),
            pdf => Results.Bytes(pdf, "application/pdf", DocumentRoute.FileName(request)));

    /// <summary>What the tutor is asked to sign, to read or print before.</summary>
    [Function("DownloadTutorDraft")]
    [Public(Because)]
    public Task<IResult> Draft(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = TutorRoute.Address + "/drafts/{period}")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            TutorRoute.Of(request),
            secret => access.OpenPeriodAsync(secret, DocumentRoute.Period(request), cancellation, withDrawings: true)
                .ThenAsync(file => contents.DraftAsync(file, DocumentRoute.Period(request), cancellation)),
            pdf => Results.Bytes(pdf, "application/pdf", DocumentRoute.DraftName(request)));

    private Task<Result<TutorView>> WokenAsync(
        DurableTaskClient client, Task<Result<TutorScene>> answer, CancellationToken cancellation) =>
        ViewAsync(answers.WokenAsync(client, answer, scene => scene.File, cancellation), cancellation);

    private Task<Result<TutorView>> ViewAsync(Task<Result<TutorScene>> opened, CancellationToken cancellation) =>
        opened.ThenAsync(async scene => Result<TutorView>.FromT(await views.OfAsync(scene, cancellation)));
}
