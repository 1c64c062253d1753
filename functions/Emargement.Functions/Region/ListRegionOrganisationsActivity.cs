using Emargement.Functions.People;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Region;

/// <summary>An organisation that works for a Région.</summary>
public sealed record RegionOrganisation(string Id, string Nda);

/// <summary>Activity: the organisations of a Région.</summary>
public sealed class ListRegionOrganisationsActivity(OrganisationsTable organisations)
{
    public const string Name = "ListRegionOrganisations";

    [Function(Name)]
    public async Task<RegionOrganisation[]> Run([ActivityTrigger] string region, FunctionContext context) =>
        await organisations.ListAsync(context.CancellationToken)
            .Where(o => o.Value.Region == region)
            .Select(o => new RegionOrganisation(o.Value.Id.Value, o.Value.Nda))
            .ToArrayAsync(context.CancellationToken);
}
