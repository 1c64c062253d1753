using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.People.Organisations;

public sealed class ListOrganisations(OrganisationsTable table)
{
    [Function("ListOrganisations")]
    [Access(Callers.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations")] HttpRequest request, CancellationToken cancellation)
    {
        var organisations = new List<OrganisationView>();
        await foreach (var stored in table.ListAsync(cancellation))
        {
            organisations.Add(OrganisationView.Of(stored.Value));
        }

        return ApiJson.Ok(organisations);
    }
}
