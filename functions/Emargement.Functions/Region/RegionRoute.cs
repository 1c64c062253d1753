using Emargement.Domain.Platform;

namespace Emargement.Functions.Region;

/// <summary>The Région and the month of an address.</summary>
internal readonly record struct RegionRoute(RegionCode Region, YearMonth Month)
{
    /// <summary>Reads them, or refuses: <c>region-unknown</c>, <c>month-invalid</c>.</summary>
    public static Result<RegionRoute> Parse(string region, string month)
    {
        if (!RegionCode.TryParse(region, out var code))
        {
            return Refusal.NotFound("region-unknown");
        }

        return YearMonth.TryParse(month, out var parsed) ? new RegionRoute(code, parsed) : Refusal.BadInput("month-invalid");
    }

    public string StatusAddress => $"/api/region/{Region}/exports/{Month}/status";
}
