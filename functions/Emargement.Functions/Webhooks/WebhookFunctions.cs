using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Webhooks.Deliveries;
using Emargement.Functions.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Webhooks;

/// <summary>Addresses of an organisation's other systems that are told what happens here (Standard Webhooks).</summary>
public sealed class WebhookFunctions(
    OrganisationSettings settings,
    WebhookEndpointsTable table,
    SaveWebhook save,
    ListDeliveries list,
    ReplayDeliveries replay,
    RemoveWebhook remove,
    TimeProvider time)
{
    private const string Route = "api/organisations/{org}/webhooks";
    private const string One = Route + "/{webhook}";

    /// <summary>The endpoints, the first made first: hosts alone, and no secret.</summary>
    [Function("ListWebhooks")]
    [Access(Callers.Manager | Callers.Operator)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            async organisation => Result<IReadOnlyList<EndpointView>>.FromT(
                [.. (await table.ListAsync(organisation.Id, cancellation)).Select(e => EndpointView.Of(e.Value, time.GetUtcNow()))]),
            all => ApiJson.Ok(all));

    /// <summary>Makes an endpoint, once it has taken a test. The answer is the only one that ever shows its secret.</summary>
    [Function("CreateWebhook")]
    [Access(Callers.Manager | Callers.Operator, PerMinute = 20)]
    [Audit(AuditKind.Key)]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await settings.OfAsync(request, cancellation),
            (Organisation organisation, EndpointBody body) => save.CreateAsync(organisation.Id, body, request.Caller().Id, cancellation),
            made => ApiJson.Ok(made, StatusCodes.Status201Created),
            cancellation);

    /// <summary>One endpoint, with the ETag that a change must carry.</summary>
    [Function("GetWebhook")]
    [Access(Callers.Manager | Callers.Operator)]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            organisation => table.GetAsync(organisation.Id, request.RouteText("webhook"), cancellation),
            Ok);

    /// <summary>Moves, pauses or opens an endpoint, or changes what it is told. If-Match carries the ETag that was read.</summary>
    [Function("ChangeWebhook")]
    [Access(Callers.Manager | Callers.Operator, PerMinute = 20)]
    public async Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.ChangeAsync(
            request,
            await settings.OfAsync(request, cancellation),
            (Organisation organisation, EndpointPatch patch, Azure.ETag read) =>
                save.ChangeAsync(organisation.Id, request.RouteText("webhook"), patch, read, cancellation),
            Ok,
            cancellation);

    /// <summary>Takes an endpoint away. If-Match carries the ETag that was read.</summary>
    [Function("DeleteWebhook")]
    [Access(Callers.Manager | Callers.Operator)]
    [Audit(AuditKind.Key)]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            organisation => request.IfMatch().ThenAsync(
                read => remove.RunAsync(organisation.Id, request.RouteText("webhook"), read, cancellation)),
            _ => Results.NoContent());

    /// <summary>A new secret; the one before signs beside it for a day. The answer is the only one that ever shows it.</summary>
    [Function("RotateWebhook")]
    [Access(Callers.Manager | Callers.Operator)]
    [Audit(AuditKind.Key)]
    public async Task<IResult> Rotate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One + "/rotation")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            organisation => save.RotateAsync(organisation.Id, request.RouteText("webhook"), cancellation),
            made => ApiJson.Ok(made, StatusCodes.Status201Created));

    /// <summary>Sends a test, and says whether it was taken.</summary>
    [Function("TestWebhook")]
    [Access(Callers.Manager | Callers.Operator, PerMinute = 20)]
    public async Task<IResult> Test(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One + "/tests")] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            organisation => save.TestAsync(organisation.Id, request.RouteText("webhook"), cancellation),
            _ => Results.NoContent());

    /// <summary>What was sent in the last thirty days, and what waits, the newest first: 50 at a time.</summary>
    [Function("ListWebhookDeliveries")]
    [Access(Callers.Manager | Callers.Operator)]
    public async Task<IResult> Deliveries(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One + "/deliveries")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            organisation => list.RunAsync(
                organisation.Id, request.RouteText("webhook"), request.Query["continuation"].FirstOrDefault(), cancellation),
            page => ApiJson.Ok(page));

    /// <summary>Sends again what was given up, under the same ids.</summary>
    [Function("ReplayWebhook")]
    [Access(Callers.Manager | Callers.Operator, PerMinute = 20)]
    public async Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One + "/replays")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await settings.OfAsync(request, cancellation),
            (Organisation organisation, ReplayBody body) => replay
                .RunAsync(new EndpointPlace(organisation.Id, request.RouteText("webhook")), body, cancellation)
                .ThenAsync(replayed => WebhookAnnouncer.StartAsync(client, replayed, cancellation)),
            replayed => ApiJson.Ok(replayed, StatusCodes.Status202Accepted),
            cancellation);

    private IResult Ok(Stored<WebhookEndpoint> found) => ETags.Ok(EndpointView.Of(found.Value, time.GetUtcNow()), found.ETag);
}
