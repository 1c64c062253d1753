using Emargement.Functions.Pages.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Functions.Signing.Tablet;
using Emargement.Web.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Signing;

/// <summary><c>GET o/{org}/sessions/{session}/tablet</c>: the handed-round device, with the names of those who have not signed.</summary>
public sealed class ShowTabletPage(OrganisationSettings organisations, TabletList list)
{
    [Function("ShowTabletPage")]
    [Access(Callers.Tablet)]
    [Page]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/sessions/{session}/tablet")] HttpRequest request,
        string org,
        string session,
        CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(org, cancellation);
        var route = SessionRoute.Parse(org, session);
        if ((organisation.Refusal ?? route.Refusal) is { } unknown)
        {
            return await request.RefusalPageAsync(organisation.Value, unknown);
        }

        var view = await list.ReadAsync(route.Value.Organisation, route.Value.Session, request.Caller(), cancellation);
        if (!view.IsOk)
        {
            return await request.RefusalPageAsync(organisation.Value, view.Refusal);
        }

        return await request.PageAsync<TabletPage, TabletModel>(organisation.Value, new TabletModel
        {
            Organisation = route.Value.Organisation,
            Session = SessionViews.Signed(view.Value.Session),
            Unsigned = [.. view.Value.Learners.Where(l => !l.Signed).Select(l => new TabletPersonModel(l.Learner.Value, $"{l.LastName} {l.FirstName}"))],
            Chosen = request.Query["learner"].FirstOrDefault(),
        });
    }
}
