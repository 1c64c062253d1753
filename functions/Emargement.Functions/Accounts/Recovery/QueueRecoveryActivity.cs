using Emargement.Functions.Platform.Mail;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Accounts.Recovery;

/// <summary>Queues the mails of one wish, and starts the run that sends them. Tried again, it queues none twice.</summary>
public sealed class QueueRecoveryActivity(QueueRecovery queue)
{
    public const string Name = "QueueRecovery";

    [Function(Name)]
    public async Task Run(
        [ActivityTrigger] RecoveryAsked asked, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        await client.SendAsync(await queue.RunAsync(asked, cancellation), cancellation);
}
