using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Keys;

/// <summary>Whose keys an address names.</summary>
internal static class KeyRoute
{
    /// <summary>The organisation of <c>{org}</c>.</summary>
    public static Result<KeyOwner> OfOrganisation(HttpRequest request)
    {
        var organisation = request.Organisation();
        return organisation.IsOk ? new KeyOwner(organisation.Value, null) : organisation.Refusal;
    }

    /// <summary>The Région of <c>{region}</c>.</summary>
    public static Result<KeyOwner> OfRegion(HttpRequest request) =>
        RegionCode.TryParse(request.RouteText("region"), out var region)
            ? new KeyOwner(null, region.Value)
            : Refusal.NotFound("region-unknown");
}
