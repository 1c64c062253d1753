using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Archive;

/// <summary>Every hour: sets going the organisations that an import brought. Late, doubled or restarted, it changes nothing more.</summary>
public sealed class SettleArrivalsTimer(Arrivals arrivals)
{
    [Function("SettleArrivals")]
    public Task RunAsync(
        [TimerTrigger("0 25 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        arrivals.SettleAsync(client, cancellation);
}
