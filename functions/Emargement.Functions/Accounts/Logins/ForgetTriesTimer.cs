using Emargement.Functions.People;
using Emargement.Functions.Platform.Gates;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Logins;

/// <summary>Every hour: forgets tries that are a day old, those at names of nobody too. Late, doubled or restarted, it changes nothing
/// more.</summary>
public sealed class ForgetTriesTimer(OrganisationsTable organisations, TriesTable tries, PulseTable pulses, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    [Function(Pulse.TriesForgetting)]
    public async Task RunAsync([TimerTrigger("0 35 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await foreach (var organisation in organisations.ListAsync(cancellation))
        {
            await tries.ForgetAsync(organisation.Value.Id, time.GetUtcNow() - Kept, cancellation);
        }

        await pulses.NoteAsync(Pulse.TriesForgetting, cancellation);
    }
}
