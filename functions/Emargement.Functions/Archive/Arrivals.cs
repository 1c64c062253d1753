using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Placements.Workflow;
using Emargement.Functions.Platform.Mail;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Archive;

/// <summary>Sets an imported organisation going: histories of runs do not travel, and need not, because each run finds in the
/// tables what it has to do. Sheets that were not sealed are the hourly sweep's, exports and nightly imports their timers';
/// placements sleep until somebody wakes them, and queued mails until a run sends them.</summary>
public sealed partial class Arrivals(
    ArrivalsTable table,
    OrganisationsTable organisations,
    PlacementsTable placements,
    PlacementWaker waker,
    MailQueue mails,
    ILogger<Arrivals> logger)
{
    /// <summary>Safe to repeat: whoever is awake or sent stays so.</summary>
    public async Task SettleAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var organisation in await table.ListAsync(cancellation))
        {
            // Its own row comes last: without it, the import has not ended.
            if (await organisations.FindAsync(organisation, cancellation) is null)
            {
                continue;
            }

            var woken = await WakeAsync(client, organisation, cancellation);
            await foreach (var batch in mails.UnfinishedAsync(organisation, cancellation))
            {
                await client.SendAsync(batch, cancellation);
            }

            await table.SettleAsync(organisation, cancellation);
            LogSettled(organisation.Value, woken);
        }
    }

    private async Task<int> WakeAsync(DurableTaskClient client, OrganisationId organisation, CancellationToken cancellation)
    {
        var woken = 0;
        string? continuation = null;
        do
        {
            (var page, continuation) = await placements.ListAsync(organisation, continuation, cancellation);
            foreach (var placement in page)
            {
                await waker.WakeAsync(client, organisation, placement.Id, cancellation);
                woken++;
            }
        }
        while (continuation is not null);

        return woken;
    }

    [LoggerMessage(
        Level = LogLevel.Information, Message = "The imported organisation {Organisation} is going again: {Placements} placements woken")]
    private partial void LogSettled(string organisation, int placements);
}
