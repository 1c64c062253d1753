using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.People.Organisations;

public sealed record CreateOrganisationBody(
    OrganisationId Id, string Name, string Nda, string Siret, string Region, SiteZone? TimeZone = null)
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

/// <summary>Makes an organisation.</summary>
public sealed class CreateOrganisation(OrganisationsTable table)
{
    /// <returns>The organisation with its ETag, or <c>setting-invalid</c> or <c>organisation-exists</c>.</returns>
    public async Task<Result<Stored<Organisation>>> RunAsync(Organisation organisation, CancellationToken cancellation)
    {
        if (OrganisationRules.Check(organisation) is { } refusal)
        {
            return refusal;
        }

        return await table.TryInsertAsync(organisation, cancellation)
            ? await table.GetAsync(organisation.Id, cancellation)
            : Refusal.Conflict("organisation-exists");
    }
}
