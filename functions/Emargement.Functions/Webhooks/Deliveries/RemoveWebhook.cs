using Azure;
using Emargement.Domain.Platform;
using Emargement.Functions.Webhooks.Endpoints;

namespace Emargement.Functions.Webhooks.Deliveries;

/// <summary>Takes an endpoint away, and what is kept of its deliveries.</summary>
public sealed class RemoveWebhook(WebhookEndpointsTable endpoints, WebhookDeliveriesTable deliveries)
{
    /// <returns>True, or <c>webhook-unknown</c>, <c>webhook-changed</c>.</returns>
    public async Task<Result<bool>> RunAsync(OrganisationId organisation, string id, ETag read, CancellationToken cancellation)
    {
        var found = await endpoints.GetAsync(organisation, id, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        if (!await endpoints.TryDeleteAsync(organisation, id, read, cancellation))
        {
            return Refusal.Of("webhook-changed", RefusalKind.PreconditionFailed);
        }

        await deliveries.ForgetAsync(new EndpointPlace(organisation, id), cancellation);
        return true;
    }
}
