using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Region;

/// <summary>The Région and the month of an address.</summary>
public readonly record struct RegionRoute(RegionCode Region, YearMonth Month)
{
    /// <summary>Where the exports of a Région's month are.</summary>
    public const string Address = "api/region/{region}/exports/{month}";

    /// <returns>What the address names, or <c>region-unknown</c>, <c>month-invalid</c>.</returns>
    public static Result<RegionRoute> Of(HttpRequest request) =>
        !RegionCode.TryParse(request.RouteText("region"), out var region) ? Refusal.NotFound("region-unknown")
        : !YearMonth.TryParse(request.RouteText("month"), out var month) ? Refusal.BadInput("month-invalid")
        : new RegionRoute(region, month);

    public string StatusAddress => $"/api/region/{Region}/exports/{Month}/status";
}
