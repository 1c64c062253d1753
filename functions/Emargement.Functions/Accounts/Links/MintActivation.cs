using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts.Links;

/// <summary>A link to hand over, and the mail that is to be sent.</summary>
public sealed record ActivationToGive(MintedActivation Link, MailBatch? Mails);

/// <summary>Makes a link with which a person chooses a password, and queues the mail that brings them another.</summary>
public sealed class MintActivation(Activations activations, AccountsTable accounts, MailQueue queue, TimeProvider time)
{
    private const string Subject = "accounts";

    /// <param name="address">Public address of the app, without a final slash.</param>
    /// <returns>The link, or <c>account-unknown</c>, or <c>email-missing</c> when it should be sent to nobody's address.</returns>
    public async Task<Result<ActivationToGive>> RunAsync(
        Route<AccountId> account, bool send, string address, CancellationToken cancellation)
    {
        var stored = await accounts.GetAsync(account.Organisation, account.Id, cancellation);
        if (!stored.IsOk)
        {
            return stored.Refusal;
        }

        if (send && stored.Value.Value.Email is null)
        {
            return Refusal.Conflict("email-missing");
        }

        var mails = send ? await QueueAsync(account, address, cancellation) : null;
        var link = await activations.MintAsync(account.Organisation, account.Id, cancellation);
        if (!link.IsOk)
        {
            return link.Refusal;
        }

        // Who writes the row meanwhile goes first: it only tells managers who never had a link.
        await accounts.TryReplaceAsync(
            account.Organisation, stored.Value, stored.Value.Value with { LinkAt = time.GetUtcNow() }, cancellation);
        return new ActivationToGive(link.Value, mails);
    }

    private async Task<MailBatch?> QueueAsync(Route<AccountId> account, string address, CancellationToken cancellation)
    {
        // One a minute: a double click is one mail.
        var slot = "activation-" + time.GetUtcNow().UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
        var args = new Dictionary<string, string> { [ActivationMail.AddressArg] = address };
        var queued = await queue.QueueAsync(
            account.Organisation, Subject, slot, ActivationMail.Template, [account.Id.Key], args, cancellation);
        return queued.Batch;
    }
}
