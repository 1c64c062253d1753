using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Announcements;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Webhooks.Deliveries;
using Emargement.Functions.Webhooks.Endpoints;
using Emargement.Web.Platform;
using Emargement.Web.Webhooks;

namespace Emargement.Functions.Pages.Webhooks;

/// <summary>What the pages of endpoints show: one range of endpoints; of one, its row and a range of deliveries.</summary>
public sealed class ShowWebhooks(WebhookEndpointsTable endpoints, ListDeliveries deliveries)
{
    public async Task<WebhooksModel> AllAsync(OrganisationId organisation, CancellationToken cancellation) => new(
        organisation.Value,
        [.. (await endpoints.ListAsync(organisation, cancellation)).Select(RowOf)],
        AnnouncementTypes.All);

    /// <param name="done">What the address says was just done; anything unknown is left out.</param>
    /// <returns>It, or <c>webhook-unknown</c>.</returns>
    public async Task<Result<WebhookModel>> OneAsync(
        OrganisationId organisation, string id, string? continuation, string? done, Texts texts, CancellationToken cancellation)
    {
        var found = await endpoints.GetAsync(organisation, id, cancellation);
        var sent = await deliveries.RunAsync(organisation, id, continuation, cancellation);
        return !found.IsOk ? found.Refusal
            : !sent.IsOk ? sent.Refusal
            : new WebhookModel(
                organisation.Value,
                RowOf(found.Value),
                [.. sent.Value.Deliveries.Select(d => RowOf(d, texts))],
                sent.Value.Continuation,
                Done: done is "test" or "change" || int.TryParse(done, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                    ? done
                    : null);
    }

    private static WebhookRow RowOf(Stored<WebhookEndpoint> endpoint) => new(
        endpoint.Value.Id,
        endpoint.Value.Host,
        endpoint.Value.Events,
        Enum.Parse<WebhookLook>(endpoint.Value.State.ToString()),
        endpoint.ETag.ToString());

    private static DeliveryRow RowOf(DeliveryView view, Texts texts) => new(
        view.Delivery,
        view.Event,
        view.Type,
        view.At,
        Enum.Parse<DeliveryLook>(view.State.ToString()),
        view.Tries,
        view.Status,
        view is { Status: null, Tries: > 0 } ? texts["webhooks.no-answer"] : null);
}
