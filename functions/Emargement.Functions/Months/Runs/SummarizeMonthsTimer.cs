using Emargement.Functions.Months.Validation;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Months.Runs;

/// <summary>
/// Every hour: starts the runs of the months that changed, and goes on with validations that stopped. Late, doubled or restarted, it
/// changes nothing more.
/// </summary>
public sealed class SummarizeMonthsTimer(
    FindChangedMonths find, MonthRuns runs, ValidationRuns validations, PulseTable pulses)
{
    [Function(Pulse.MonthSummaries)]
    public async Task RunAsync(
        [TimerTrigger("0 25 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var run in await find.RunAsync(cancellation))
        {
            await runs.StartAsync(client, run, cancellation);
        }

        await validations.SweepAsync(client, cancellation);
        await pulses.NoteAsync(Pulse.MonthSummaries, cancellation);
    }
}
