using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Web.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Accounts;

/// <summary><c>GET a/{secret}</c>: choose a password. Opening the page, by a person or by a mail scanner, changes nothing.</summary>
public sealed class ShowActivationPage(Activations activations, OrganisationSettings organisations)
{
    [Function("ShowActivationPage")]
    [Public("The secret in the address is the proof; it has 128 bits and is used once.", PerMinute = 120)]
    [Page]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "a/{secret}")] HttpRequest request, string secret, CancellationToken cancellation)
    {
        var found = await activations.FindAsync(secret, cancellation);
        if (!found.IsOk)
        {
            var refused = new ActivationModel(secret, string.Empty, null, null, request.Texts().Refusal(found.Refusal));
            return await request.PageAsync<ActivationPage, ActivationModel>(null, refused, Problem.StatusOf(found.Refusal.Kind));
        }

        var organisation = await organisations.GetAsync(found.Value.Link.Organisation, cancellation);
        if (!organisation.IsOk)
        {
            return await request.RefusalPageAsync(null, organisation.Refusal);
        }

        var account = found.Value.Account;
        var login = account.Email?.Value ?? account.Id.Person.Value;
        return await request.PageAsync<ActivationPage, ActivationModel>(organisation.Value, new ActivationModel(secret, organisation.Value.Name, account.DisplayName, login));
    }
}
