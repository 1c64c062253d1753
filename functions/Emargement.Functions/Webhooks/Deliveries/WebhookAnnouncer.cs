using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Announcements;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Webhooks.Endpoints;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Webhooks.Deliveries;

/// <summary>Queues news for the endpoints that asked for them, and starts their deliveries.</summary>
public sealed class WebhookAnnouncer(WebhookEndpointsTable endpoints, WebhookDeliveriesTable deliveries) : IAnnouncer
{
    public async Task TellAsync(DurableTaskClient client, IReadOnlyCollection<Announcement> news, CancellationToken cancellation)
    {
        foreach (var one in news)
        {
            foreach (var endpoint in await endpoints.ActiveAsync(one.Organisation, cancellation))
            {
                if (endpoint.Events.Contains(one.Type))
                {
                    await TellAsync(client, new EndpointPlace(one.Organisation, endpoint.Id), one, cancellation);
                }
            }
        }
    }

    // Whoever queued it before may have stopped before its delivery began: it is started again, and finds nothing to do if it is through.
    private async Task TellAsync(DurableTaskClient client, EndpointPlace place, Announcement news, CancellationToken cancellation)
    {
        await deliveries.TryQueueAsync(place, news, WebhookCall.BodyOf(news), cancellation);
        var row = WebhookDeliveriesTable.RowOf(news.At, news.Id);
        await StartAsync(
            client, new ReplayRun(new DeliveryRun(place.Organisation.Value, place.Endpoint, news.Subject, news.Id, row), 0), cancellation);
    }

    /// <summary>Starts the deliveries that are sent again by hand.</summary>
    /// <returns>What was asked for.</returns>
    public static async Task<Result<Replayed>> StartAsync(DurableTaskClient client, Replayed replayed, CancellationToken cancellation)
    {
        foreach (var run in replayed.Runs)
        {
            await StartAsync(client, run, cancellation);
        }

        return replayed;
    }

    private static Task<bool> StartAsync(DurableTaskClient client, ReplayRun run, CancellationToken cancellation) =>
        client.StartOnceAsync(
            DeliverWebhookOrchestrator.Name,
            $"webhook-{run.Delivery.Organisation}-{run.Delivery.Endpoint}-{run.Delivery.Event}" + (run.Replay > 0 ? $"-{run.Replay}" : ""),
            run.Delivery,
            cancellation);
}
