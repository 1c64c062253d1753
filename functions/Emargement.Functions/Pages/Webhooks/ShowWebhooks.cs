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
public sealed class ShowWebhooks(WebhookEndpointsTable endpoints, WebhookDeliveriesTable deliveries)
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
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var sent = await deliveries.ListAsync(new EndpointPlace(organisation, id), continuation, cancellation);
        var isKnown = done is "test" or "change" || int.TryParse(done, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return new WebhookModel(
            organisation.Value,
            RowOf(found.Value),
            [.. sent.Items.Select(d => RowOf(d, texts))],
            sent.Continuation,
            Done: isKnown ? done : null);
    }

    private static WebhookRow RowOf(Stored<WebhookEndpoint> endpoint) => new(
        endpoint.Value.Id,
        endpoint.Value.Host,
        endpoint.Value.Events,
        Enum.Parse<WebhookLook>(endpoint.Value.State.ToString()),
        endpoint.ETag.ToString());

    private static DeliveryRow RowOf(WebhookDelivery sent, Texts texts) => new(
        sent.Row,
        sent.Event,
        sent.Type,
        sent.At,
        Enum.Parse<DeliveryLook>(sent.State.ToString()),
        sent.Tries,
        sent.Status,
        sent is { Status: null, Tries: > 0 } ? texts["webhooks.no-answer"] : null);
}
