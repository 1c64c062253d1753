using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.People.Organisations;

public sealed record CreateOrganisationBody(OrganisationId Id, string Name, string Nda, string Siret, string Region, SiteZone? TimeZone = null)
{
    public Organisation ToOrganisation() => new()
    {
        Id = Id,
        Name = PlainText.Of(Name),
        Nda = Nda,
        Siret = Siret,
        Region = Region,
        Zone = TimeZone ?? SiteZone.Paris,
    };
}

public sealed class CreateOrganisation(OrganisationAdmin admin)
{
    [Function("CreateOrganisation")]
    [Access(Callers.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations")] HttpRequest request, CancellationToken cancellation)
    {
        var body = await request.ReadBodyAsync<CreateOrganisationBody>(cancellation);
        if (!body.IsOk)
        {
            return Problem.From(body.Refusal);
        }

        var created = await admin.CreateAsync(body.Value.ToOrganisation(), cancellation);
        return created.ToHttp(o => ETags.Ok(OrganisationView.Of(o.Organisation), o.ETag, StatusCodes.Status201Created));
    }
}
