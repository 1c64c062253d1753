using Emargement.Domain.Platform;
using Emargement.Functions.Months;
using Emargement.Functions.Months.Usage;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Region;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Portal.Usage;

/// <summary>What a Région is charged for.</summary>
public sealed class RegionUsageFunctions(ListRegionUsage list)
{
    /// <summary>A month of every organisation, of the learners whom the Région pays, as JSON, or as a table when the month is followed by
    /// <c>.csv</c>.</summary>
    [Function("ListRegionUsage")]
    [Access(Callers.RegionKey | Callers.Officer | Callers.Operator, Right = ApiRights.Months)]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/region/{region}/usage/{month}")] HttpRequest request,
        CancellationToken cancellation)
    {
        var (month, asTable) = MonthRoute.OfTable(request);
        return Endpoint.RunAsync(
            RegionRoute.Of(request, month),
            route => list.RunAsync(route, cancellation),
            usage => asTable
                ? Results.File(ListRegionUsage.ToCsv(usage), UsageCsv.ContentType, $"usage-{usage.Region}-{usage.Month}.csv")
                : ApiJson.Ok(usage));
    }
}
