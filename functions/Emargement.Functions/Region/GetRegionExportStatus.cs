using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Region;

/// <summary>How far the last run of a month is.</summary>
/// <param name="State">running, completed or failed.</param>
/// <param name="Exported">The versions that it wrote, once completed.</param>
/// <param name="Failed">Short names of the organisations that could not be exported: ask again.</param>
public sealed record ExportStatus(
    string State, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, IReadOnlyList<ExportedVersion> Exported, IReadOnlyList<string> Failed);

/// <summary>Tells how far the last run of a month is.</summary>
public sealed class GetRegionExportStatus(RegionExports runs)
{
    [Function("GetRegionExportStatus")]
    [Access(Callers.RegionKey | Callers.Operator, Right = ApiRights.Exports)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/region/{region}/exports/{month}/status")] HttpRequest request,
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

        var run = await runs.FindAsync(client, route.Value.Region, route.Value.Month, cancellation);
        return run.ToHttp(found => ApiJson.Ok(Of(found)));
    }

    private static ExportStatus Of(OrchestrationMetadata run)
    {
        var result = run.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? run.ReadOutputAs<RegionExportResult>() : null;
        var state = result is not null ? "completed" : run.IsCompleted ? "failed" : "running";
        return new ExportStatus(state, run.CreatedAt, run.LastUpdatedAt, result?.Exported ?? [], result?.Failed ?? []);
    }
}
