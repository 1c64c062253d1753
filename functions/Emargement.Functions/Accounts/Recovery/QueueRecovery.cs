using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts.Recovery;

/// <summary>Queues one mail for each address to which people of a login are written.</summary>
public sealed class QueueRecovery(RecoverableAccounts recoverable, MailQueue queue)
{
    private const string Subject = "accounts";

    /// <returns>The mails to send; null when the login names nobody who can be written to.</returns>
    public async Task<MailBatch?> RunAsync(RecoveryAsked asked, CancellationToken cancellation)
    {
        var organisation = OrganisationId.ParseHolder(asked.Organisation);
        var found = await recoverable.FindAsync(organisation, LoginName.OfKey(asked.Login), cancellation);
        var first = found.GroupBy(a => a.Email).Select(people => people.First().Id.Key).ToList();
        if (first.Count == 0)
        {
            return null;
        }

        var args = new Dictionary<string, string> { [RecoveryMail.LoginArg] = asked.Login };
        var queued = await queue.QueueAsync(
            organisation, Subject, $"recover-{asked.Slot}", RecoveryMail.Template, first, args, cancellation);
        return queued.Batch;
    }
}
