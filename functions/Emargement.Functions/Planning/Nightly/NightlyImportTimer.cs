using Emargement.Functions.Platform.Health;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>Every hour, UTC: organisations have their own hour, and the local date in the run's name keeps it to one a night.</summary>
public sealed class NightlyImportTimer(NightImport night, NightImportStarter starter, PulseTable pulses)
{
    [Function(Pulse.NightlyImport)]
    public async Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var look = await night.LookAsync(cancellation);
        foreach (var due in look.Due)
        {
            await starter.StartAsync(client, due, cancellation);
        }

        await pulses.NoteAsync(Pulse.NightlyImport, look.DoneAt, look.Late, cancellation);
    }
}
