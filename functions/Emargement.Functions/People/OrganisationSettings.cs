using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.People;

/// <summary>Settings of organisations, kept for half a minute in this process: every signature reads them, and they change a few times a year.</summary>
public sealed class OrganisationSettings(OrganisationsTable table, TimeProvider time)
{
    private readonly ShortMemory<OrganisationId, Organisation> _known = new(time);

    /// <summary>The organisation, or the refusal <c>organisation-unknown</c>.</summary>
    public async Task<Result<Organisation>> GetAsync(OrganisationId id, CancellationToken cancellation)
    {
        if (_known.Find(id) is { } known)
        {
            return known;
        }

        var stored = await table.FindAsync(id, cancellation);
        if (stored is null)
        {
            return Refusal.NotFound("organisation-unknown");
        }

        _known.Keep(id, stored.Value);
        return stored.Value;
    }

    /// <summary>For addresses: the organisation of a route's <c>{org}</c>.</summary>
    public async Task<Result<Organisation>> GetAsync(string? id, CancellationToken cancellation) =>
        OrganisationId.TryParse(id, out var parsed) ? await GetAsync(parsed, cancellation) : Refusal.NotFound("organisation-unknown");

    /// <summary>Lets this process see a change at once.</summary>
    internal void Forget(OrganisationId id) => _known.Forget(id);
}
