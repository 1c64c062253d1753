using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Mail;

using Emargement.Functions.Webhooks.Endpoints;

namespace Emargement.Functions.Webhooks.Deliveries;

/// <summary>Tells the managers that an endpoint is told nothing more.</summary>
public sealed class WebhookAlarm(WebhookEndpointsTable endpoints, AccountsTable accounts, MailQueue mails, TimeProvider time)
{
    /// <returns>The mails to send, once a day at most; null when there are none.</returns>
    public async Task<MailBatch?> TellAsync(EndpointPlace place, CancellationToken cancellation)
    {
        if (await endpoints.GetAsync(place.Organisation, place.Endpoint, cancellation) is not
            { IsOk: true, Value.Value.State: EndpointState.Disabled })
        {
            return null;
        }

        var managers = await accounts.OfKindAsync(place.Organisation, AccountKind.Manager, cancellation);
        var queued = await mails.QueueAsync(
            place.Organisation,
            $"webhook-{place.Endpoint}",
            time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            WebhookDisabledMail.Template,
            managers,
            new Dictionary<string, string>(),
            cancellation);
        return queued.Batch;
    }
}
