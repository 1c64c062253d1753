using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Mail;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Accounts;

/// <summary>Activation links, handed over or sent. A link that is sent is made when its mail leaves; nobody else sees it.</summary>
public sealed class ActivationMails(Activations activations, AccountsTable accounts, OrganisationsTable organisations, MailQueue queue, TimeProvider time) : IMailTemplate
{
    private const string Subject = "accounts";
    private const string AddressArg = "address";

    public string Key => "activate";

    /// <param name="address">Public address of the app, without a final slash.</param>
    /// <returns>A link to hand over, or <c>account-unknown</c>, or <c>email-missing</c> when it should be sent to nobody's address.</returns>
    public async Task<Result<MintedActivation>> MintAsync(
        DurableTaskClient client, OrganisationId organisation, AccountId id, bool send, string address, CancellationToken cancellation)
    {
        if (await accounts.FindAsync(organisation, id, cancellation) is not { } stored)
        {
            return Refusal.NotFound("account-unknown");
        }

        if (send && stored.Value.Email is null)
        {
            return Refusal.Conflict("email-missing");
        }

        if (send)
        {
            // One a minute: a double click is one mail.
            var slot = "activation-" + time.GetUtcNow().UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
            await queue.QueueAsync(
                client, organisation, Subject, slot, Key, [id.Key], new Dictionary<string, string> { [AddressArg] = address }, cancellation);
        }

        return await activations.MintAsync(organisation, id, cancellation);
    }

    public async Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation)
    {
        if (!AccountId.TryParseKey(slot.Person, out var id)
            || await accounts.FindAsync(slot.Organisation, id, cancellation) is not { Value: { Email: { } email } account }
            || await organisations.FindAsync(slot.Organisation, cancellation) is not { Value: { } organisation }
            || await activations.MintAsync(slot.Organisation, id, cancellation) is not { IsOk: true, Value: { } minted })
        {
            return null;
        }

        var link = new Uri($"{args[AddressArg]}/a/{minted.Secret}");
        return MailLayout.Compose(email, account.Language, Key, link, ("name", account.DisplayName), ("organisation", organisation.Name));
    }
}
