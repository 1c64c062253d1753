using Emargement.Domain.Accounts;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Platform;

namespace Emargement.Functions.Accounts.Invitations;

/// <summary>
/// The mail that invites: it says who invites, to what, and as what. Its link is made when the mail leaves, and leads to the configured
/// address.
/// </summary>
public sealed class InvitationMail(
    Activations activations, AccountsTable accounts, OrganisationsTable organisations, Inviters inviters, PublicAddress address)
    : IMailTemplate
{
    public const string Template = "invite";

    public string Key => Template;

    public async Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation)
    {
        if (!AccountId.TryParseKey(slot.Person, out var id)
            || await accounts.FindAsync(slot.Organisation, id, cancellation) is not { Value: { Email: { } email } account }
            || Invitation.Of(account) is not { IsOk: true, Value.Invited: { } invited }
            || await organisations.FindAsync(slot.Organisation, cancellation) is not { Value: { } organisation }
            || await activations.InviteAsync(slot.Organisation, id, invited.Until, cancellation) is not { IsOk: true, Value: { } minted })
        {
            return null;
        }

        return MailLayout.Compose(
            email,
            account.Language,
            Template,
            address.WithoutRequest($"a/{minted.Secret}"),
            ("name", account.DisplayName),
            ("inviter", await inviters.NameAsync(slot.Organisation, account, cancellation) ?? organisation.Name),
            ("organisation", organisation.Name),
            ("role", Texts.For(account.Language)[$"staff.role.{AccountId.Word(id.Kind)}"]));
    }
}
