using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.People.Organisations;

/// <summary>Creates organisations and changes their settings.</summary>
public sealed class OrganisationAdmin(OrganisationsTable table, OrganisationSettings settings)
{
    /// <returns>The organisation with its ETag, or <c>setting-invalid</c> or <c>organisation-exists</c>.</returns>
    public async Task<Result<Stored<Organisation>>> CreateAsync(Organisation organisation, CancellationToken cancellation)
    {
        if (OrganisationRules.Check(organisation) is { } refusal)
        {
            return refusal;
        }

        return await table.TryInsertAsync(organisation, cancellation)
            ? await GetAsync(organisation.Id, cancellation)
            : Refusal.Conflict("organisation-exists");
    }

    /// <summary>The settings as they are now, with the ETag that a change must carry.</summary>
    public async Task<Result<Stored<Organisation>>> GetAsync(OrganisationId id, CancellationToken cancellation) =>
        await table.FindAsync(id, cancellation) is { } stored ? stored : Refusal.NotFound("organisation-unknown");

    /// <param name="ifMatch">The ETag under which the caller read the settings.</param>
    /// <returns>The settings as changed, or <c>setting-invalid</c> or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<Stored<Organisation>>> ChangeAsync(OrganisationId id, OrganisationPatch patch, ETag ifMatch, CancellationToken cancellation)
    {
        var found = await GetAsync(id, cancellation);
        if (!found.IsOk)
        {
            return found;
        }

        var changed = patch.ApplyTo(found.Value.Value);
        if (OrganisationRules.Check(changed) is { } refusal)
        {
            return refusal;
        }

        if (found.Value.ETag != ifMatch || !await table.TryReplaceAsync(found.Value, changed, cancellation))
        {
            return Refusal.Of("changed-meanwhile", RefusalKind.PreconditionFailed);
        }

        settings.Forget(id);
        return await GetAsync(id, cancellation);
    }
}
