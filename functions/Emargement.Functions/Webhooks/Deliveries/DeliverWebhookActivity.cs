using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Webhooks.Endpoints;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Webhooks.Deliveries;

/// <summary>One try of a delivery; when an endpoint was disabled by it, its managers are told.</summary>
public sealed class DeliverWebhookActivity(DeliverWebhook deliver, WebhookAlarm alarm)
{
    public const string Name = "TryWebhookDelivery";

    /// <returns>When to come again; null when the delivery waits no more.</returns>
    [Function(Name)]
    public async Task<DateTimeOffset?> RunAsync(
        [ActivityTrigger] DeliveryRun input, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var next = await deliver.RunAsync(input, cancellation);
        if (next is null)
        {
            await client.SendAsync(await alarm.TellAsync(input.Place, cancellation), cancellation);
        }

        return next;
    }
}
