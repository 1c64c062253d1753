using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Invitations;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.Accounts.OpenId.Providers;
using Emargement.Functions.Pages.Accounts.Entry;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Accounts;

namespace Emargement.Functions.Pages.Accounts;

/// <summary>What a link to an account opens, and whose page it is.</summary>
public sealed record ShownActivation(Organisation Organisation, ActivationModel Model);

/// <summary>Makes what the page behind a link to an account shows; it changes nothing.</summary>
public sealed class ShowActivation(
    Activations activations, OrganisationSettings organisations, Inviters inviters, OpenIdProviders providers)
{
    public async Task<Result<ShownActivation>> RunAsync(string secret, CancellationToken cancellation)
    {
        var found = await activations.FindAsync(secret, cancellation);
        var organisation = await found.ThenAsync(f => organisations.GetAsync(f.Link.Organisation, cancellation));
        return organisation.IsOk
            ? new ShownActivation(organisation.Value, await ModelAsync(secret, organisation.Value, found.Value!, cancellation))
            : organisation.Refusal;
    }

    private async Task<ActivationModel> ModelAsync(
        string secret, Organisation organisation, Activation activation, CancellationToken cancellation)
    {
        var account = activation.Account;
        var login = account.Email?.Value ?? account.Id.Person.Value;
        var model = new ActivationModel(secret, organisation.Name, account.DisplayName, login)
        {
            // Learners have none, and who forgot a password gets one.
            Providers = account.Id.Kind != AccountKind.Learner && activation.Link.Purpose == LinkPurpose.Activate
                ? await providers.ButtonsAsync(organisation.Id, cancellation)
                : [],
        };
        return Invitation.Of(account).IsOk
            ? model with
            {
                InvitedAs = AccountId.Word(account.Id.Kind),
                Inviter = await inviters.NameAsync(organisation.Id, account, cancellation),
            }
            : model;
    }
}
