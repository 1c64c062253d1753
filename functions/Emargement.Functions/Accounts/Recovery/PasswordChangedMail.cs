using Emargement.Domain.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts.Recovery;

/// <summary>Tells somebody that their password changed, and how to take the account back if it was not they.</summary>
public sealed class PasswordChangedMail(AccountsTable accounts, OrganisationsTable organisations, PublicAddress address) : IMailTemplate
{
    public const string Template = "password-changed";

    public string Key => Template;

    public async Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation) =>
        AccountId.TryParseKey(slot.Person, out var id)
        && await accounts.FindAsync(slot.Organisation, id, cancellation) is { Value: { Email: { } email } account }
        && await organisations.FindAsync(slot.Organisation, cancellation) is { Value: { } organisation }
            ? MailLayout.Compose(
                email,
                account.Language,
                Template,
                address.WithoutRequest($"{slot.Organisation.Pages[1..]}/password"),
                ("name", account.DisplayName),
                ("organisation", organisation.Name))
            : null;
}
