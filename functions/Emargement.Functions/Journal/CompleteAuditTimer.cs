using Emargement.Functions.People;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Journal;

/// <summary>Every hour: copies the audit of each organisation to where it is asked for. Late, doubled or restarted, it changes nothing
/// more.</summary>
public sealed class CompleteAuditTimer(OrganisationsTable organisations, CompleteAudit complete, PulseTable pulses)
{
    [Function(Pulse.AuditCompletion)]
    public async Task RunAsync([TimerTrigger("0 50 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await foreach (var organisation in organisations.ListAsync(cancellation))
        {
            await complete.RunAsync(organisation.Value.Id.Value, cancellation);
        }

        await pulses.NoteAsync(Pulse.AuditCompletion, cancellation);
    }
}
