using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Placements;

/// <summary>The placement that an address names.</summary>
public static class PlacementRoute
{
    /// <summary>Where the placements of an organisation are.</summary>
    public const string All = "api/organisations/{org}/placements";

    /// <summary>Where one placement is.</summary>
    public const string Address = All + "/{placement}";

    /// <returns>The placement, or <c>organisation-unknown</c> or <c>placement-unknown</c> when the address is written like none.</returns>
    public static Result<Route<PlacementId>> Of(HttpRequest request) =>
        Routes.Of<PlacementId>(request, "placement", PlacementId.TryParse, "placement-unknown");

    /// <summary>Where a page reaches this placement in the API.</summary>
    public static string Url(OrganisationId organisation, PlacementId placement) =>
        $"/api/organisations/{organisation}/placements/{placement}";
}
