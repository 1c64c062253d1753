using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Placements.Weeks;

/// <summary>A placement and a week of it, as an address names them.</summary>
public readonly record struct PlacementWeek(Route<PlacementId> Placement, IsoWeek Week);

/// <summary>The week of a placement that an address names.</summary>
public static class WeekRoute
{
    public const string Address = PlacementRoute.Address + "/weeks/{week}";

    /// <returns>The week, or what <see cref="PlacementRoute"/> refuses, or <c>week-unknown</c>.</returns>
    public static Result<PlacementWeek> Of(HttpRequest request)
    {
        var placement = PlacementRoute.Of(request);
        return !placement.IsOk ? placement.Refusal
            : !IsoWeek.TryParse(request.RouteText("week"), out var week) ? Refusal.NotFound("week-unknown")
            : new PlacementWeek(placement.Value, week);
    }
}
