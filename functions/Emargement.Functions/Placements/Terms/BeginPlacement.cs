using Emargement.Domain.Placements;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Placements.Terms;

/// <summary>Makes a placement of its first fact, with its line of the list.</summary>
public sealed class BeginPlacement(PlacementFactsTable facts, PlacementFiles files, PlacementsTable placements, TimeProvider time)
{
    /// <summary>After a call cut short anywhere, a repeat completes what is missing.</summary>
    /// <param name="address">The public address of the call, for the links of later mails; null for an import at night.</param>
    /// <returns>The placement, whose workflow is to be woken.</returns>
    public async Task<Result<PlacementFile>> RunAsync(Planned planned, string? address, CancellationToken cancellation)
    {
        var (organisation, terms) = (planned.Organisation, planned.Terms);
        var id = PlacementId.Of(organisation, planned.Learner, planned.Training, planned.Group, terms.Company, terms.FirstDay);
        var file = await facts.TryInsertAsync(organisation, id, [new NewPlacementFact(planned)], cancellation)
            ? await files.OfFirstAsync(organisation, id, planned, cancellation)
            : await files.ReadAsync(organisation, id, cancellation);
        if (file.IsOk)
        {
            // The workflow's first look notes which file asked for it: until then an import names it among what is to be woken.
            var row = PlacementRows.Of(file.Value, time.GetUtcNow(), address) with { FileHash = null };
            await placements.TryInsertAsync(row, cancellation);
        }

        return file;
    }
}
