using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Webhooks.Deliveries;
using Emargement.Functions.Webhooks.Endpoints;
using Emargement.Web.Platform;
using Emargement.Web.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Webhooks;

/// <summary>The pages of other systems that are told what happens, for a manager. They need no script.</summary>
public sealed class WebhookPageFunctions(OrganisationSettings organisations, SaveWebhook save, ShowWebhooks show, ActOnWebhook act)
{
    private const string Route = "o/{org}/webhooks";
    private const string One = Route + "/{webhook}";

    /// <summary>The endpoints, and the form of a new one.</summary>
    [Function("ShowWebhooksPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<WebhooksPage, WebhooksModel>(
            await organisations.OfAsync(request, cancellation),
            async organisation => Result<WebhooksModel>.FromT(await show.AllAsync(organisation.Id, cancellation)));

    /// <summary>Makes an endpoint, once it has taken a test.</summary>
    [Function("SubmitWebhooksPage")]
    [Access(Callers.Manager, PerMinute = 20)]
    [Page]
    [Audit(AuditKind.Key)]
    public Task<IResult> Submit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => MakeAsync(request, organisation, form, cancellation),
            cancellation);

    /// <summary>One endpoint, and what it was sent.</summary>
    [Function("ShowWebhookPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> ShowOne(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<WebhookPage, WebhookModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => ModelAsync(request, organisation, cancellation));

    /// <summary>Tries, pauses, opens, renews or removes an endpoint, or sends a delivery again.</summary>
    [Function("SubmitWebhookPage")]
    [Access(Callers.Manager, PerMinute = 20)]
    [Page]
    [Audit(AuditKind.Key)]
    public Task<IResult> SubmitOne(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => ActAsync(request, client, organisation, form, cancellation),
            cancellation);

    private async Task<IResult> MakeAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var made = await save.CreateAsync(
            organisation.Id, new EndpointBody(form.Text("address") ?? "", [.. form.All("events")]), request.Caller().Id, cancellation);
        var model = await show.AllAsync(organisation.Id, cancellation);
        return await request.PageAsync<WebhooksPage, WebhooksModel>(
            organisation,
            made.IsOk ? model with { Secret = made.Value.Secret } : model with { Returned = request.Returned("new", form, made.Refusal) },
            made.IsOk ? StatusCodes.Status201Created : Problem.StatusOf(made.Refusal.Kind));
    }

    private async Task<IResult> ActAsync(
        HttpRequest request, DurableTaskClient client, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var done = await act.RunAsync(organisation.Id, request.RouteText("webhook"), form, cancellation);
        if (done.Value?.Again is { } again)
        {
            await WebhookAnnouncer.StartAsync(client, again, cancellation);
        }

        var here = $"/o/{organisation.Id}/webhooks";
        if (done.IsOk && done.Value.Secret is null)
        {
            return Results.Redirect(done.Value.Said is { } said ? $"{here}/{request.RouteText("webhook")}?done={said}" : here);
        }

        var model = await ModelAsync(request, organisation, cancellation);
        return !model.IsOk
            ? await request.RefusalPageAsync(organisation, done.IsOk ? model.Refusal : done.Refusal)
            : await request.PageAsync<WebhookPage, WebhookModel>(
                organisation,
                model.Value with { Secret = done.Value?.Secret, Refusal = done.IsOk ? null : request.Texts().Refusal(done.Refusal) },
                done.IsOk ? StatusCodes.Status200OK : Problem.StatusOf(done.Refusal.Kind));
    }

    private Task<Result<WebhookModel>> ModelAsync(HttpRequest request, Organisation organisation, CancellationToken cancellation) =>
        show.OneAsync(
            organisation.Id,
            request.RouteText("webhook"),
            request.Query["continuation"].FirstOrDefault(),
            request.Query["done"].FirstOrDefault(),
            request.Texts(),
            cancellation);
}
