using Emargement.Domain.Accounts;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Platform;

namespace Emargement.Functions.Planning.Sources;

/// <summary>Tells a manager that a source has given nothing for three nights, and why. Not written when it has run well since, or is
/// paused or gone.</summary>
public sealed class SourceFailedMail(
    PlanningSourcesTable sources, AccountsTable accounts, OrganisationsTable organisations, PublicAddress address) : IMailTemplate
{
    public const string Template = "source-failed";

    public string Key => Template;

    public async Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation) =>
        AccountId.TryParseKey(slot.Person, out var id)
        && await accounts.FindAsync(slot.Organisation, id, cancellation) is { Value: { Email: { } email } account }
        && await organisations.FindAsync(slot.Organisation, cancellation) is { Value: { } organisation }
        && await sources.FindAsync(slot.Organisation, slot.Subject["source-".Length..], cancellation)
            is { Value: { Paused: false, Last: { FailedNights: > 0, Code: { } code } } source }
            ? MailLayout.Compose(
                email,
                account.Language,
                Template,
                address.WithoutRequest($"o/{slot.Organisation}/imports"),
                ("name", account.DisplayName),
                ("organisation", organisation.Name),
                ("source", source.Name),
                ("reason", Texts.For(account.Language).Refusal(code, source.Last.Args)))
            : null;
}
