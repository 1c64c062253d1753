using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Region;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Portal;

/// <summary>The month of an organisation that an address of a Région's portal names.</summary>
/// <param name="Organisation">Its short name, where two establishments share the declaration number; null where none is given.</param>
public sealed record PortalPlace(RegionCode Region, YearMonth Month, string Nda, string? Organisation);

/// <summary>Reads the addresses of a Région's portal.</summary>
internal static class PortalRoute
{
    /// <summary>Where a month of every organisation is.</summary>
    public const string Month = "api/region/{region}/months/{month}";

    /// <summary>Where a month of one organisation is.</summary>
    public const string Place = Month + "/{nda}";

    /// <returns>The place, or <c>region-unknown</c>, <c>month-invalid</c>, <c>organisation-unknown</c>.</returns>
    public static Result<PortalPlace> Of(HttpRequest request)
    {
        var (route, nda) = (RegionRoute.Of(request), request.RouteText("nda"));
        return !route.IsOk ? route.Refusal
            : nda.Length is 0 or > 20 || !nda.All(char.IsAsciiDigit) ? Refusal.NotFound("organisation-unknown")
            : new PortalPlace(route.Value.Region, route.Value.Month, nda, request.Query["organisation"].FirstOrDefault());
    }
}
