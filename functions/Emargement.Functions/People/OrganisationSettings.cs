using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.People;

/// <summary>
/// Settings of organisations, kept for half a minute in this process: every signature
/// reads them, and they change a few times a year.
/// </summary>
public sealed class OrganisationSettings(OrganisationsTable table, TimeProvider time)
{
    private readonly ShortMemory<OrganisationId, Organisation> _known = new(time);

    /// <summary>The organisation, or the refusal <c>organisation-unknown</c>.</summary>
    public async Task<Result<Organisation>> GetAsync(OrganisationId id, CancellationToken cancellation)
    {
        var known = await _known.ReadAsync(id, async token => (await table.FindAsync(id, token))?.Value, cancellation);
        return known is not null ? known : Refusal.NotFound(id.Region is null ? "organisation-unknown" : "region-unknown");
    }

    /// <summary>The organisation of the address's <c>{org}</c>, or the refusal <c>organisation-unknown</c>.</summary>
    public Task<Result<Organisation>> OfAsync(HttpRequest request, CancellationToken cancellation) =>
        GetAsync(request.RouteText("org"), cancellation);

    /// <summary>Whose accounts an address is about: the organisation of <c>{org}</c>, or the Région of <c>{region}</c>, which <c>{org}</c>
    /// names too, as <c>region:{code}</c>.</summary>
    /// <returns>The organisation, or <c>organisation-unknown</c>, <c>region-unknown</c>.</returns>
    public async Task<Result<Organisation>> HolderAsync(HttpRequest request, CancellationToken cancellation) =>
        RegionCode.TryParse(request.RouteText("region"), out var region)
            ? await GetAsync(OrganisationId.OfRegion(region), cancellation)
        : OrganisationId.TryParseHolder(request.RouteText("org"), out var holder) ? await GetAsync(holder, cancellation)
        : Refusal.NotFound("organisation-unknown");

    /// <summary>For addresses: the organisation of a route's <c>{org}</c>.</summary>
    public async Task<Result<Organisation>> GetAsync(string? id, CancellationToken cancellation) =>
        OrganisationId.TryParse(id, out var parsed) ? await GetAsync(parsed, cancellation) : Refusal.NotFound("organisation-unknown");

    /// <summary>Lets this process see a change at once.</summary>
    internal void Forget(OrganisationId id) => _known.Forget(id);
}
