using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Workflow;
using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Documents;

namespace Emargement.Functions.Placements.Workflow;

/// <summary>Seals the document of a period that a look found settled, from the placement as it is now.</summary>
public sealed class SealDuePeriod(PlacementFiles files, SealPlacement seal)
{
    public async Task RunAsync(PlacementActionInput due, SealPeriod period, CancellationToken cancellation)
    {
        if (PlacementId.TryParse(due.Placement, out var id)
            && await files.ReadAsync(OrganisationId.Parse(due.Organisation), id, cancellation, withDrawings: true)
                is { IsOk: true, Value: var file })
        {
            await seal.RunAsync(file, period, cancellation);
        }
    }
}
