using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Region;

/// <summary>Where to follow an export that was asked for.</summary>
public sealed record ExportStarted(string Region, string Month, string Status);

/// <summary>Asks for the next version of every organisation's month. While a run of that month is under way, it is the answer.</summary>
public sealed class StartRegionExport(OrganisationsTable organisations, RegionExports runs, TimeProvider time)
{
    [Function("StartRegionExport")]
    [Access(Callers.RegionKey | Callers.Operator, Right = ApiRights.Exports, PerMinute = 10)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/region/{region}/exports/{month}")] HttpRequest request,
        string region,
        string month,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var route = RegionRoute.Parse(region, month);
        if (!route.IsOk)
        {
            return Problem.From(route.Refusal);
        }

        var (code, asked) = route.Value;
        if (await RefusalOfAsync(code, asked, cancellation) is { } refusal)
        {
            return Problem.From(refusal);
        }

        var run = new RegionExportRun(code.Value, asked.ToString(), request.Caller().Id, Guid.NewGuid().ToString("N"));
        await runs.StartAsync(client, code, asked, run, cancellation);
        request.HttpContext.Response.Headers.Location = route.Value.StatusAddress;
        return ApiJson.Ok(new ExportStarted(code.Value, asked.ToString(), route.Value.StatusAddress), StatusCodes.Status202Accepted);
    }

    private async Task<Refusal?> RefusalOfAsync(RegionCode region, YearMonth month, CancellationToken cancellation)
    {
        var all = await organisations.ListAsync(cancellation).Select(o => o.Value).ToListAsync(cancellation);
        return ExportSchedule.HasBegun(month, region, all, time.GetUtcNow()) switch
        {
            null => Refusal.NotFound("region-unknown"),
            false => Refusal.Conflict("month-not-begun"),
            true => null,
        };
    }
}
