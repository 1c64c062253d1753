using Emargement.Domain.Platform;
using Emargement.Functions.Webhooks.Endpoints;

namespace Emargement.Functions.Webhooks.Deliveries;

/// <param name="Delivery">Its key, for <see cref="ReplayBody"/>.</param>
/// <param name="Status">What was answered last, of HTTP; null where there was no answer.</param>
/// <param name="Code">Why there was no answer.</param>
public sealed record DeliveryView(
    string Delivery, string Event, string Type, DateTimeOffset At, DeliveryState State, int Tries, int? Status, string? Code,
    DateTimeOffset? TriedAt);

/// <param name="Continuation">What asks for older ones; null when these are all.</param>
public sealed record DeliveryList(IReadOnlyList<DeliveryView> Deliveries, string? Continuation);

/// <summary>What an endpoint was sent, the newest first: one row of the endpoint and one range.</summary>
public sealed class ListDeliveries(WebhookEndpointsTable endpoints, WebhookDeliveriesTable deliveries)
{
    /// <returns>They, or <c>webhook-unknown</c>.</returns>
    public async Task<Result<DeliveryList>> RunAsync(
        OrganisationId organisation, string endpoint, string? continuation, CancellationToken cancellation)
    {
        var found = await endpoints.GetAsync(organisation, endpoint, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var page = await deliveries.ListAsync(new EndpointPlace(organisation, endpoint), continuation, cancellation);
        return new DeliveryList(
            [
                .. page.Items.Select(d =>
                    new DeliveryView(d.Row, d.Event, d.Type, d.At, d.State, d.Tries, d.Status, d.Code, d.TriedAt)),
            ],
            page.Continuation);
    }
}
