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
        return known is null ? Refusal.NotFound("organisation-unknown") : known;
    }

    /// <summary>The organisation of the address's <c>{org}</c>, or the refusal <c>organisation-unknown</c>.</summary>
    public Task<Result<Organisation>> OfAsync(HttpRequest request, CancellationToken cancellation) =>
        GetAsync(request.RouteText("org"), cancellation);

    /// <summary>For addresses: the organisation of a route's <c>{org}</c>.</summary>
    public async Task<Result<Organisation>> GetAsync(string? id, CancellationToken cancellation) =>
        OrganisationId.TryParse(id, out var parsed) ? await GetAsync(parsed, cancellation) : Refusal.NotFound("organisation-unknown");

    /// <summary>Lets this process see a change at once.</summary>
    internal void Forget(OrganisationId id) => _known.Forget(id);
}
