using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Region;

/// <summary>How far the last run of a month is.</summary>
/// <param name="State">running, completed or failed.</param>
/// <param name="Exported">The versions that it wrote, once completed.</param>
/// <param name="Failed">Short names of the organisations that could not be exported: ask again.</param>
public sealed record ExportStatus(
    string State, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, IReadOnlyList<ExportedVersion> Exported, IReadOnlyList<string> Failed)
{
    public static ExportStatus Of(OrchestrationMetadata run)
    {
        var result = run.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? run.ReadOutputAs<RegionExportResult>() : null;
        var state = result is not null ? "completed" : run.IsCompleted ? "failed" : "running";
        return new ExportStatus(state, run.CreatedAt, run.LastUpdatedAt, result?.Exported ?? [], result?.Failed ?? []);
    }
}
