using Emargement.Domain.People;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Privacy.Holds;
using Emargement.Web.Privacy;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Privacy;

/// <summary>The page of how long everything is kept, and of what must be kept longer. Its forms need no script.</summary>
public sealed class PrivacyPageFunctions(OrganisationSettings organisations, ShowRetention show, ChangeHolds change)
{
    private const string Address = "o/{org}/retention";

    /// <summary><c>GET o/{org}/retention</c>: until when each training's proofs are kept, and what is held.</summary>
    [Function("ShowRetentionPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> ShowRetention(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<RetentionPage, RetentionModel>(
            await organisations.OfAsync(request, cancellation),
            async organisation => (await show.RunAsync(organisation, request.Caller(), cancellation)).Then(
                shown => shown with { Done = HoldActs.Known(request.Query["done"]) }));

    /// <summary>Places a hold, asks to lift one, or agrees; then shows the page again.</summary>
    [Function("ChangeHolds")]
    [Access(Callers.Manager, PerMinute = 30)]
    [Page]
    [Audit(AuditKind.Hold)]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => ChangeAsync(request, organisation, form, cancellation),
            cancellation);

    private async Task<IResult> ChangeAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation) =>
        await request.AnswerAsync<HoldChange, RetentionPage, RetentionModel>(
            organisation,
            await change.RunAsync(organisation, form, request.Caller(), cancellation),
            held =>
            {
                request.HttpContext.NoteHold(organisation.Id, held.Hold);
                return $"/o/{organisation.Id}/retention?done={held.Done}";
            },
            () => show.RunAsync(organisation, request.Caller(), cancellation),
            (shown, refusal) => shown with { Refusal = refusal, Typed = form.Typed });
}
