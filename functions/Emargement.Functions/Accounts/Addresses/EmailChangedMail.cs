using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts.Addresses;

/// <summary>Tells somebody, at the address that they gave, that it is their account's from now on.</summary>
public sealed class EmailChangedMail(AccountsTable accounts, OrganisationsTable organisations, PublicAddress address)
    : EmailMail(accounts, organisations, address)
{
    public const string Template = "email-changed";

    public override string Key => Template;

    protected override EmailAddress? To(Account account) => account.Email;
}

/// <summary>Tells somebody, at the address that they had, that it is their account's no more.</summary>
public sealed class EmailLeftMail(AccountsTable accounts, OrganisationsTable organisations, PublicAddress address)
    : EmailMail(accounts, organisations, address)
{
    public const string Template = "email-left";

    public override string Key => Template;

    protected override EmailAddress? To(Account account) => account.FormerEmail;
}

/// <summary>What both mails have in common.</summary>
public abstract class EmailMail(AccountsTable accounts, OrganisationsTable organisations, PublicAddress address) : IMailTemplate
{
    public abstract string Key { get; }

    public async Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation) =>
        AccountId.TryParseKey(slot.Person, out var id)
        && await accounts.FindAsync(slot.Organisation, id, cancellation) is { Value: { } account }
        && To(account) is { } email
        && await organisations.FindAsync(slot.Organisation, cancellation) is { Value: { } organisation }
            ? MailLayout.Compose(
                email,
                account.Language,
                Key,
                address.WithoutRequest(slot.Organisation.Pages[1..]),
                ("name", account.DisplayName),
                ("organisation", organisation.Name))
            : null;

    protected abstract EmailAddress? To(Account account);
}
