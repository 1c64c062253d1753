using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.People.Organisations;

public sealed class ChangeOrganisation(OrganisationAdmin admin)
{
    [Function("ChangeOrganisation")]
    [Access(Callers.Manager | Callers.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/organisations/{org}")] HttpRequest request, string org, CancellationToken cancellation)
    {
        var patch = await request.ReadBodyAsync<OrganisationPatch>(cancellation);
        var ifMatch = request.IfMatch();
        if ((patch.Refusal ?? ifMatch.Refusal) is { } refusal)
        {
            return Problem.From(refusal);
        }

        var changed = OrganisationId.TryParse(org, out var id)
            ? await admin.ChangeAsync(id, patch.Value!, ifMatch.Value, cancellation)
            : Refusal.NotFound("organisation-unknown");
        return changed.ToHttp(o => ETags.Ok(OrganisationView.Of(o.Value), o.ETag));
    }
}
