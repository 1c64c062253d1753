using System.Text.Json.Serialization;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Webhooks.Endpoints;

namespace Emargement.Functions.Webhooks.Deliveries;

/// <summary>What is sent again: one delivery, or all that were given up since an instant.</summary>
/// <param name="Delivery">Its key, as it is listed.</param>
public sealed record ReplayBody(string? Delivery = null, DateTimeOffset? Since = null);

/// <param name="Queued">How many are sent again.</param>
/// <param name="Runs">What whoever asked starts.</param>
public sealed record Replayed(int Queued, [property: JsonIgnore] IReadOnlyList<ReplayRun> Runs);

/// <param name="Replay">Which time it is sent again.</param>
public sealed record ReplayRun(DeliveryRun Delivery, int Replay);

/// <summary>Sends again what was given up, under the same ids.</summary>
public sealed class ReplayDeliveries(WebhookEndpointsTable endpoints, WebhookDeliveriesTable deliveries, TimeProvider time)
{
    private const int MostAtOnce = 500;

    /// <summary>One delivery, delivered or not; or those that were given up since an instant, the oldest first, 500 at most. One that waits
    /// goes on waiting.</summary>
    /// <returns>How many, or <c>webhook-unknown</c>, <c>webhook-paused</c>, <c>replay-unclear</c>, <c>delivery-unknown</c>.</returns>
    public async Task<Result<Replayed>> RunAsync(EndpointPlace place, ReplayBody body, CancellationToken cancellation)
    {
        if (await RefusedAsync(place, cancellation) is { } refusal)
        {
            return refusal;
        }

        return body switch
        {
            { Delivery: { } row, Since: null } => await OneAsync(place, row, cancellation),
            { Delivery: null, Since: { } since } => await SinceAsync(place, since, cancellation),
            _ => Refusal.BadInput("replay-unclear"),
        };
    }

    private async Task<Result<Replayed>> OneAsync(EndpointPlace place, string row, CancellationToken cancellation) =>
        row.StartsWith("E|", StringComparison.Ordinal) && row.Length < 100 && !row.Any(char.IsControl)
            && await deliveries.FindAsync(place, row, cancellation) is { } found
            ? Of(await AgainAsync(place, found, cancellation) is { } run ? [run] : [])
            : Refusal.NotFound("delivery-unknown");

    private async Task<Replayed> SinceAsync(EndpointPlace place, DateTimeOffset since, CancellationToken cancellation)
    {
        var lost = await LostAsync(place, since, cancellation);
        var runs = new List<ReplayRun>();
        foreach (var row in lost.AsEnumerable().Reverse().Take(MostAtOnce))
        {
            if (await deliveries.FindAsync(place, row, cancellation) is { } found
                && await AgainAsync(place, found, cancellation) is { } run)
            {
                runs.Add(run);
            }
        }

        return Of(runs);
    }

    private async Task<List<string>> LostAsync(EndpointPlace place, DateTimeOffset since, CancellationToken cancellation)
    {
        var lost = new List<string>();
        string? continuation = null;
        do
        {
            var page = await deliveries.ListAsync(place, continuation, cancellation);
            lost.AddRange(page.Items.Where(d => d.State == DeliveryState.GivenUp && d.At >= since).Select(d => d.Row));
            continuation = page.Items.Count > 0 && page.Items[^1].At >= since ? page.Continuation : null;
        }
        while (continuation is not null);

        return lost;
    }

    private async Task<Refusal?> RefusedAsync(EndpointPlace place, CancellationToken cancellation)
    {
        var endpoint = await endpoints.GetAsync(place.Organisation, place.Endpoint, cancellation);
        return !endpoint.IsOk ? endpoint.Refusal
            : endpoint.Value.Value.State != EndpointState.Active ? Refusal.Conflict("webhook-paused")
            : null;
    }

    /// <returns>Null when it waits already, or somebody else was faster.</returns>
    private async Task<ReplayRun?> AgainAsync(EndpointPlace place, Stored<WebhookDelivery> found, CancellationToken cancellation)
    {
        var again = found.Value with { State = DeliveryState.Waiting, Tries = 0, Replays = found.Value.Replays + 1 };
        return found.Value.State != DeliveryState.Waiting
            && await deliveries.TryNoteAsync(place, found, again, time.GetUtcNow(), cancellation)
            ? new ReplayRun(
                new DeliveryRun(place.Organisation.Value, place.Endpoint, again.Subject, again.Event, again.Row), again.Replays)
            : null;
    }

    private static Replayed Of(List<ReplayRun> runs) => new(runs.Count, runs);
}
