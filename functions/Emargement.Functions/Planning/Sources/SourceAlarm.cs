using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Planning.Sources;

/// <summary>Tells the managers that a source gives nothing.</summary>
public sealed class SourceAlarm(AccountsTable accounts, MailQueue mails)
{
    /// <param name="slot">Names what they are told of: the same is told once.</param>
    /// <returns>The mails to send; null when there are none.</returns>
    public async Task<MailBatch?> TellAsync(OrganisationId organisation, string source, string slot, CancellationToken cancellation)
    {
        var managers = await accounts.OfKindAsync(organisation, AccountKind.Manager, cancellation);
        var queued = await mails.QueueAsync(
            organisation, $"source-{source}", slot, SourceFailedMail.Template, managers, new Dictionary<string, string>(), cancellation);
        return queued.Batch;
    }
}
