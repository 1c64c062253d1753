using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts.Recovery;

/// <summary>Queues the mail that tells somebody that their password changed, if they are written to.</summary>
public sealed class TellPasswordChanged(MailQueue queue, TimeProvider time)
{
    private const string Subject = "accounts";

    /// <returns>The mail to send, or null without an address.</returns>
    public async Task<MailBatch?> RunAsync(OrganisationId organisation, Account account, CancellationToken cancellation)
    {
        if (account.Email is null)
        {
            return null;
        }

        var slot = "changed-" + time.GetUtcNow().UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        var queued = await queue.QueueAsync(
            organisation, Subject, slot, PasswordChangedMail.Template, [account.Id.Key], new Dictionary<string, string>(), cancellation);
        return queued.Batch;
    }
}
