using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.People.Organisations;

/// <summary>Changes settings of an organisation.</summary>
public sealed class ChangeOrganisation(OrganisationsTable table, OrganisationSettings settings)
{
    /// <param name="ifMatch">The ETag under which the caller read the settings.</param>
    /// <returns>The settings as changed, or <c>setting-invalid</c>, <c>month-life</c> or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<Stored<Organisation>>> RunAsync(
        OrganisationId id, OrganisationPatch patch, ETag ifMatch, CancellationToken cancellation)
    {
        var found = await table.GetAsync(id, cancellation);
        if (!found.IsOk)
        {
            return found;
        }

        var changed = patch.ApplyTo(found.Value.Value);
        if (OrganisationRules.Check(changed) is { } refusal)
        {
            return refusal;
        }

        // A validated month is closed by its own life, which the Région can follow.
        if (changed.LockedMonths.Except(found.Value.Value.LockedMonths).Intersect(changed.FrozenMonths).Any())
        {
            return Refusal.Conflict("month-life");
        }

        if (found.Value.ETag != ifMatch || !await table.TryReplaceAsync(found.Value, changed, cancellation))
        {
            return Refusal.Of("changed-meanwhile", RefusalKind.PreconditionFailed);
        }

        settings.Forget(id);
        return await table.GetAsync(id, cancellation);
    }
}
