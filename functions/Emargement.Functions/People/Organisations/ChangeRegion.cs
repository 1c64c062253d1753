using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Functions.People.Organisations;

/// <param name="DueDay">1 to 28; null for none.</param>
/// <param name="LockAfter">1 to 365; null for never.</param>
public sealed record RegionChange(string Name, int? DueDay, int? LockAfter, bool Answers, bool FirstSchema);

/// <summary>Changes settings of a Région.</summary>
public sealed class ChangeRegion(RegionsTable table, KnownRegions known, OrganisationSettings organisations)
{
    /// <returns>The settings as changed, or <c>region-unknown</c>, <c>name-invalid</c>, <c>due-day-invalid</c>, <c>lock-after-invalid</c>,
    /// <c>changed-meanwhile</c>.</returns>
    public async Task<Result<RegionSettings>> RunAsync(RegionCode region, RegionChange change, CancellationToken cancellation)
    {
        if (await table.FindAsync(region, cancellation) is not { } read)
        {
            return Refusal.NotFound("region-unknown");
        }

        var changed = read.Value.With(change.Name, change.DueDay, change.LockAfter, change.Answers, change.FirstSchema);
        if (!changed.IsOk)
        {
            return changed;
        }

        if (!await table.TryWriteAsync(read, changed.Value, cancellation))
        {
            return Refusal.Conflict("changed-meanwhile");
        }

        known.Forget(region);
        organisations.Forget(OrganisationId.OfRegion(region));
        return changed;
    }
}
