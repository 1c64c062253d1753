using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.People.Organisations;

public sealed class GetOrganisation(OrganisationAdmin admin)
{
    [Function("GetOrganisation")]
    [Access(Callers.Manager | Callers.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}")] HttpRequest request, string org, CancellationToken cancellation)
    {
        var found = OrganisationId.TryParse(org, out var id) ? await admin.GetAsync(id, cancellation) : Refusal.NotFound("organisation-unknown");
        return found.ToHttp(o => ETags.Ok(OrganisationView.Of(o.Value), o.ETag));
    }
}
