using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Sealing;

namespace Emargement.Functions.Placements.Documents;

/// <summary>A version of a placement's document.</summary>
/// <param name="Period"><c>all</c> or a month.</param>
public sealed record DocumentPlace(OrganisationId Organisation, PlacementId Placement, string Period, int Version)
{
    private const string PlacementName = "Placement";
    private const string PeriodName = "Period";

    /// <summary>As its code names it.</summary>
    public CodedPlace Coded => new(
        Organisation, Version, new Dictionary<string, string> { [PlacementName] = Placement.Value, [PeriodName] = Period });

    /// <returns>Null for another sort of document.</returns>
    public static DocumentPlace? Of(CodedPlace place) => place.Names.TryGetValue(PlacementName, out var placement)
        ? new DocumentPlace(place.Organisation, PlacementId.Parse(placement), place.Names[PeriodName], place.Version)
        : null;
}
