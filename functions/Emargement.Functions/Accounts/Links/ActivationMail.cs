using Emargement.Domain.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts.Links;

/// <summary>The mail that brings an activation link. Its link is made when the mail leaves; nobody else sees it.</summary>
public sealed class ActivationMail(Activations activations, AccountsTable accounts, OrganisationsTable organisations) : IMailTemplate
{
    public const string Template = "activate";

    /// <summary>Public address of the app, without a final slash.</summary>
    public const string AddressArg = "address";

    public string Key => Template;

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
