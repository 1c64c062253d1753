using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Gates;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Logins;

/// <summary>Every hour: forgets tries that are a day old, those at names of nobody too. Late, doubled or restarted, it changes nothing
/// more.</summary>
public sealed class ForgetTriesTimer(
    OrganisationsTable organisations, RegionsTable regions, TriesTable tries, PulseTable pulses, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    [Function(Pulse.TriesForgetting)]
    public async Task RunAsync([TimerTrigger("0 35 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var holders = organisations.ListAsync(cancellation).Select(o => o.Value.Id)
            .Concat(regions.ListAsync(cancellation).Select(r => OrganisationId.OfRegion(r.Region)));
        await foreach (var holder in holders)
        {
            await tries.ForgetAsync(holder, time.GetUtcNow() - Kept, cancellation);
        }

        await pulses.NoteAsync(Pulse.TriesForgetting, cancellation);
    }
}
