using Emargement.Domain.Placements;

namespace Emargement.Functions.Placements;

/// <summary>A placement's line of the list, from its facts.</summary>
internal static class PlacementRows
{
    public static PlacementRow Of(PlacementFile file, DateTimeOffset now, string? address)
    {
        var placement = file.State.Placement;
        return new PlacementRow(
            placement.Organisation,
            placement.Id,
            placement.LearnerRef,
            placement.TrainingRef,
            placement.Group,
            placement.Terms.Company,
            placement.Terms.FirstDay,
            placement.Terms.LastDay,
            PlacementProgress.Of(file.State, file.Calendar, file.Clock, now),
            file.State.Facts.Count,
            file.State.FileHash,
            address);
    }
}
