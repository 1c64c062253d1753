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
    public static Result<RegionRoute> Of(HttpRequest request) => Of(
        request, YearMonth.TryParse(request.RouteText("month"), out var month) ? month : Refusal.BadInput("month-invalid"));

    /// <param name="month">As it was read from the address.</param>
    /// <returns>As <see cref="Of(HttpRequest)"/>.</returns>
    public static Result<RegionRoute> Of(HttpRequest request, Result<YearMonth> month) =>
        RegionCode.TryParse(request.RouteText("region"), out var region)
            ? month.Then(known => new RegionRoute(region, known))
            : Refusal.NotFound("region-unknown");

    public string StatusAddress => $"/api/region/{Region}/exports/{Month}/status";
}
