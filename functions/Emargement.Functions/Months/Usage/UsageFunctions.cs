using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Months.Usage;

/// <summary>What an organisation's month is charged for.</summary>
public sealed class UsageFunctions(OrganisationSettings organisations, ShowUsage show)
{
    /// <summary>A month by who pays, as JSON, or as a table when the month is followed by <c>.csv</c>.</summary>
    [Function("ShowUsage")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Months)]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/usage/{month}")] HttpRequest request,
        CancellationToken cancellation)
    {
        var (month, asTable) = MonthRoute.OfTable(request);
        return await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => month.ThenAsync(
                asked => show.RunAsync(organisation, asked, request.Caller().Kind != Callers.Operator, cancellation)),
            usage => asTable
                ? Results.File(UsageCsv.Write(usage), UsageCsv.ContentType, $"usage-{usage.Organisation}-{usage.Month}.csv")
                : ApiJson.Ok(usage));
    }
}
