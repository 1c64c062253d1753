using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Signing.Tokens;
using Emargement.Web.People;

namespace Emargement.Functions.Pages.People;

/// <param name="Once">What is shown this once; null when there is nothing.</param>
/// <param name="Cards">What is printed; null when nothing is.</param>
/// <param name="Mails">What is to be sent.</param>
public sealed record GivenAccess(ShownOnce? Once = null, IReadOnlyList<PrintedCard>? Cards = null, MailBatch? Mails = null);

/// <summary>Gives a person a way in, or takes it back, as a form of their page asks.</summary>
public sealed class GiveAccessByForm(
    MintActivation mint, GivePassword password, ProvisionToken token, PrintCard card, RevokeToken revoke, Devices devices)
{
    /// <param name="address">Public address of the app, without a final slash.</param>
    public async Task<Result<GivenAccess>> RunAsync(
        Route<AccountId> person, string act, FormFields form, string address, CancellationToken cancellation)
    {
        var (organisation, id) = (person.Organisation, person.Id);
        var isLearner = id.Kind == AccountKind.Learner;
        switch (act)
        {
            case PeopleActs.SendLink or PeopleActs.ShowLink:
                var sends = act == PeopleActs.SendLink;
                return (await mint.RunAsync(person, sends, address, cancellation)).Then(given => new GivenAccess(
                    sends ? null : new ShownOnce(new Uri($"{address}/a/{given.Link.Secret}"), null, given.Link.ExpiresAt),
                    Mails: given.Mails));
            case PeopleActs.Password:
                return (await password.RunAsync(person, PasswordOf(form), cancellation))
                    .Then(given => new GivenAccess(Mails: given.Batch));
            case PeopleActs.Token when isLearner:
                return (await token.RunAsync(organisation, id.Person, cancellation))
                    .Then(given => new GivenAccess(new ShownOnce(null, given.QrSvg, null)));
            case PeopleActs.Card when isLearner:
                return (await card.RunAsync(organisation, id.Person, cancellation)).Then(given => new GivenAccess(Cards: [given]));
            case PeopleActs.Revoke when isLearner:
                return (await revoke.RunAsync(organisation, id.Person, cancellation)).Then(_ => new GivenAccess());
            case PeopleActs.SignOut:
                await devices.RevokeAllAsync(organisation, id, except: null, cancellation);
                return new GivenAccess();
            default:
                return Refusal.BadInput("request-invalid");
        }
    }

    // As it was typed: spaces around a password are part of it.
    private static string PasswordOf(FormFields form) => form.All("newPassword").FirstOrDefault() ?? "";
}
