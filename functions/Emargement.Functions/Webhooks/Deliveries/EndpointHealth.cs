using Emargement.Domain.Webhooks;

using Emargement.Functions.Webhooks.Endpoints;

namespace Emargement.Functions.Webhooks.Deliveries;

/// <summary>Whether an endpoint still takes what it is sent. One that does not, for days, is told nothing more.</summary>
public sealed class EndpointHealth(WebhookEndpointsTable endpoints, WebhookDeliveriesTable deliveries, TimeProvider time)
{
    /// <summary>Notes that a delivery ended.</summary>
    public async Task NoteAsync(EndpointPlace place, DeliveryVerdict verdict, CancellationToken cancellation)
    {
        // Lost only to another writer of the same row.
        while (await endpoints.GetAsync(place.Organisation, place.Endpoint, cancellation) is { IsOk: true, Value: { } read })
        {
            var endpoint = read.Value;
            var given = verdict == DeliveryVerdict.Delivered ? 0 : endpoint.GivenUp + 1;
            var changed = endpoint with
            {
                GivenUp = given,
                State = verdict == DeliveryVerdict.Gone || given >= DeliverySchedule.GivenUpInARow
                    ? EndpointState.Disabled
                    : endpoint.State,
            };
            if (changed.GivenUp == endpoint.GivenUp && changed.State == endpoint.State)
            {
                break;
            }

            if (await endpoints.ReplaceAsync(place.Organisation, changed, read.ETag, cancellation) is not null)
            {
                break;
            }
        }

        await deliveries.PurgeAsync(place, time.GetUtcNow(), cancellation);
    }
}
