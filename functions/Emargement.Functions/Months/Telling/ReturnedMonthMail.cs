using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Platform;

namespace Emargement.Functions.Months.Telling;

/// <summary>Tells a manager that the Région gave a month back. What is to be taken up again is read on the page, not in the mail.</summary>
public sealed class ReturnedMonthMail(AccountsTable accounts, OrganisationsTable organisations, PublicAddress address) : IMailTemplate
{
    public const string Template = "month-returned";
    public const string SubjectOf = "month-";

    public string Key => Template;

    public async Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation) =>
        AccountId.TryParseKey(slot.Person, out var id)
        && YearMonth.TryParse(slot.Subject[SubjectOf.Length..], out var month)
        && await accounts.FindAsync(slot.Organisation, id, cancellation) is { Value: { Email: { } email } account }
        && await organisations.FindAsync(slot.Organisation, cancellation) is { Value: { } organisation }
            ? MailLayout.Compose(
                email,
                account.Language,
                Template,
                address.WithoutRequest($"o/{slot.Organisation}/months/{month}"),
                ("name", account.DisplayName),
                ("organisation", organisation.Name),
                ("month", Texts.For(account.Language).Month(month)))
            : null;
}
