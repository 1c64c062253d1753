using Emargement.Functions.Placements.Workflow;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Archive;

/// <summary>Every hour: sets going the organisations that an import brought. Late, doubled or restarted, it changes nothing more: whoever
/// is awake or sent stays so.</summary>
public sealed partial class SettleArrivalsTimer(
    FindArrivals arrivals, ArrivalsTable table, PlacementWaker waker, PulseTable pulses, ILogger<SettleArrivalsTimer> logger)
{
    [Function(Pulse.ArrivalSettling)]
    public async Task RunAsync(
        [TimerTrigger("0 25 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await foreach (var arrival in arrivals.RunAsync(cancellation))
        {
            await WakeAsync(client, arrival, cancellation);
            await table.SettleAsync(arrival.Organisation, cancellation);
            LogSettled(arrival.Organisation.Value, arrival.Placements.Count);
        }

        await pulses.NoteAsync(Pulse.ArrivalSettling, cancellation);
    }

    private async Task WakeAsync(DurableTaskClient client, Arrival arrival, CancellationToken cancellation)
    {
        foreach (var placement in arrival.Placements)
        {
            await waker.WakeAsync(client, arrival.Organisation, placement, cancellation);
        }

        foreach (var batch in arrival.Mails)
        {
            await client.SendAsync(batch, cancellation);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information, Message = "The imported organisation {Organisation} is going again: {Placements} placements woken")]
    private partial void LogSettled(string organisation, int placements);
}
