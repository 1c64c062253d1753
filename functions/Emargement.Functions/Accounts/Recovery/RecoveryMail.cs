using Emargement.Domain.Accounts;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts.Recovery;

/// <summary>
/// The mail with which people choose a new password: a link for each person of the login who is written to at this address. The links
/// are made when it leaves, and lead to the configured address, never to one that a request named.
/// </summary>
public sealed class RecoveryMail(
    RecoverableAccounts recoverable, Activations activations, OrganisationsTable organisations, PublicAddress address) : IMailTemplate
{
    public const string Template = "recover";

    /// <summary>The hash of what was typed.</summary>
    public const string LoginArg = "login";

    public string Key => Template;

    public async Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation)
    {
        var found = await recoverable.FindAsync(slot.Organisation, LoginName.OfKey(args[LoginArg]), cancellation);
        if (found.FirstOrDefault(a => a.Id.Key == slot.Person) is not { Email: { } email } first
            || await organisations.FindAsync(slot.Organisation, cancellation) is not { Value: { } organisation })
        {
            return null;
        }

        var links = new List<MailLink>();
        foreach (var account in found.Where(a => a.Email == email))
        {
            var minted = await activations.RecoverAsync(slot.Organisation, account.Id, cancellation);
            if (minted.IsOk)
            {
                var words = new (string, object)[] { ("name", account.DisplayName), ("reference", account.Id.Person.Value) };
                links.Add(new MailLink(address.WithoutRequest($"a/{minted.Value.Secret}"), words));
            }
        }

        return MailLayout.Compose(email, first.Language, Template, links, ("organisation", organisation.Name));
    }
}
