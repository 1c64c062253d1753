using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages;

/// <summary><c>GET /</c>: choose one's organisation; somebody signed in goes straight home.</summary>
public sealed class ShowRootPage(OrganisationSettings organisations)
{
    [Function("ShowRootPage")]
    [Public("Everyone passes the front door before choosing an organisation.", PerMinute = 300)]
    [Page]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{empty:maxlength(0)?}")] HttpRequest request, CancellationToken cancellation)
    {
        if (request.Query["organisation"].FirstOrDefault()?.Trim().ToLowerInvariant() is { } asked)
        {
            var found = await organisations.GetAsync(asked, cancellation);
            return found.IsOk
                ? Results.Redirect($"/o/{found.Value.Id}")
                : await request.PageAsync<ChooseOrganisationPage, ChooseOrganisationModel>(null, new(asked, Unknown: true), StatusCodes.Status404NotFound);
        }

        return request.Caller() is { Organisation: { } organisation } caller
            ? Results.Redirect(PageAnswers.HomeOf(caller, organisation))
            : await request.PageAsync<ChooseOrganisationPage, ChooseOrganisationModel>(null, new());
    }
}
