using System.Runtime.CompilerServices;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Archive;

/// <summary>An imported organisation, and what is to be woken so that it goes on where it was.</summary>
public sealed record Arrival(OrganisationId Organisation, IReadOnlyList<PlacementId> Placements, IReadOnlyList<MailBatch> Mails);

/// <summary>Finds the organisations that an import brought and that nobody set going yet: histories of runs do not travel, and need not,
/// because each run finds in the tables what it has to do. Sheets that were not sealed are the hourly sweep's, exports and nightly imports
/// their timers'; placements sleep until somebody wakes them, and queued mails until a run sends them.</summary>
public sealed class FindArrivals(ArrivalsTable arrivals, OrganisationsTable organisations, PlacementsTable placements, MailQueue mails)
{
    public async IAsyncEnumerable<Arrival> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var organisation in await arrivals.ListAsync(cancellation))
        {
            // Its own row comes last: without it, the import has not ended.
            if (await organisations.FindAsync(organisation, cancellation) is not null)
            {
                yield return new Arrival(
                    organisation,
                    await PlacementsAsync(organisation, cancellation),
                    await mails.UnfinishedAsync(organisation, cancellation).ToListAsync(cancellation));
            }
        }
    }

    private async Task<List<PlacementId>> PlacementsAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var found = new List<PlacementId>();
        string? continuation = null;
        do
        {
            (var page, continuation) = await placements.ListAsync(organisation, continuation, cancellation);
            found.AddRange(page.Select(p => p.Id));
        }
        while (continuation is not null);

        return found;
    }
}
