using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts.Factors;

/// <summary>Queues the mail that tells somebody that their second step changed, if they are written to.</summary>
public sealed class TellSecondStep(MailQueue queue, TimeProvider time)
{
    private const string Subject = "accounts";

    /// <param name="template">One of <see cref="SecondStepMail"/>.</param>
    /// <returns>The mail to send, or null without an address.</returns>
    public async Task<MailBatch?> RunAsync(
        OrganisationId organisation, Account account, string template, CancellationToken cancellation)
    {
        if (account.Email is null)
        {
            return null;
        }

        var slot = $"{template}-" + time.GetUtcNow().UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        var queued = await queue.QueueAsync(
            organisation, Subject, slot, template, [account.Id.Key], new Dictionary<string, string>(), cancellation);
        return queued.Batch;
    }
}
