using Emargement.Domain.Platform;
using Emargement.Domain.Webhooks;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Webhooks.Endpoints;

namespace Emargement.Functions.Webhooks.Deliveries;

/// <summary>One delivery, by its keys. Part of the history of runs, so members are only ever added.</summary>
/// <param name="Row">Of the delivery.</param>
public sealed record DeliveryRun(string Organisation, string Endpoint, string Subject, string Event, string Row)
{
    public EndpointPlace Place => new(OrganisationId.Parse(Organisation), Endpoint);
}

/// <summary>
/// Tries one delivery when it is its turn: news of one subject arrive in their order, so the next waits until the one before is through
/// or given up. A try that is cut off is made again, under the same id.
/// </summary>
public sealed class DeliverWebhook(
    WebhookEndpointsTable endpoints, WebhookDeliveriesTable deliveries, WebhookCall call, EndpointHealth health, TimeProvider time)
{
    // How soon to look again whether the one before is through.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    /// <returns>When to come again; null when it waits no more.</returns>
    public async Task<DateTimeOffset?> RunAsync(DeliveryRun run, CancellationToken cancellation)
    {
        var waiting = await deliveries.WaitingAsync(run.Place, run.Subject, cancellation);
        var now = time.GetUtcNow();
        if (waiting.FirstOrDefault(w => w.Event == run.Event) is not { } mine)
        {
            return null;
        }

        if (waiting[0] != mine)
        {
            return waiting[0].Due > now + Turn ? waiting[0].Due : now + Turn;
        }

        return mine.Due > now ? mine.Due : await TryAsync(run, mine, cancellation);
    }

    private async Task<DateTimeOffset?> TryAsync(DeliveryRun run, WaitingDelivery mine, CancellationToken cancellation)
    {
        var endpoint = await endpoints.GetAsync(run.Place.Organisation, run.Endpoint, cancellation);
        if (await deliveries.FindAsync(run.Place, run.Row, cancellation) is not { } read)
        {
            await deliveries.DropAsync(run.Place, mine, cancellation);
            return null;
        }

        if (!endpoint.IsOk || endpoint.Value.Value.State != EndpointState.Active)
        {
            await deliveries.TryNoteAsync(run.Place, read, read.Value with { State = DeliveryState.GivenUp }, null, cancellation);
            return null;
        }

        var answer = await call.SendAsync(endpoint.Value.Value, run.Event, read.Value.Body, cancellation);
        return await NoteAsync(run.Place, read, answer, cancellation);
    }

    private async Task<DateTimeOffset?> NoteAsync(
        EndpointPlace place, Stored<WebhookDelivery> read, WebhookAnswer answer, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var verdict = DeliverySchedule.Judge(answer.Status);
        var tries = read.Value.Tries + 1;
        var next = verdict == DeliveryVerdict.Again ? DeliverySchedule.Next(read.Value.Event, tries, now, answer.RetryAfter) : null;
        var tried = read.Value with
        {
            State = verdict == DeliveryVerdict.Delivered ? DeliveryState.Delivered
                : next is null ? DeliveryState.GivenUp
                : DeliveryState.Waiting,
            Tries = tries,
            Status = answer.Status,
            Code = answer.Failure?.Code,
            TriedAt = now,
        };
        if (!await deliveries.TryNoteAsync(place, read, tried, next, cancellation))
        {
            // Another run of the same delivery was faster, and says what comes next.
            return now + Turn;
        }

        if (tried.State != DeliveryState.Waiting)
        {
            await health.NoteAsync(place, verdict, cancellation);
        }

        return next;
    }
}
