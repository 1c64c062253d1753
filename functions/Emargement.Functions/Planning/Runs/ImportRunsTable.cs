using System.Text.Json;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Runs;

/// <summary>Table <c>ImportRuns</c>: PK <c>{org}</c>, RK <c>night|{yyyy-MM-dd}</c>, <c>upload|{instant}-{random}</c> or
/// <c>source|{source}-{yyyy-MM-dd or instant}</c>.</summary>
public sealed class ImportRunsTable(AppStorage storage)
{
    private const string Name = "ImportRuns";

    public async Task<Stored<ImportRun>?> FindAsync(OrganisationId organisation, ImportRunId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(organisation.Value, Row(id), cancellation);
        return row is null ? null : Read(row);
    }

    /// <summary>Every run of the organisation, the latest first.</summary>
    public async Task<IReadOnlyList<ImportRun>> AllAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var runs = new List<ImportRun>();
        await foreach (var row in table.StartingWith(organisation.Value, "", cancellation))
        {
            runs.Add(Read(row).Value);
        }

        return [.. runs.OrderByDescending(r => r.StartedAt)];
    }

    /// <returns>False when the run exists: another start was first.</returns>
    public async Task<bool> TryInsertAsync(OrganisationId organisation, ImportRun run, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryInsertAsync(ToEntity(organisation, run), cancellation);
    }

    /// <returns>False when another run of the same night was faster.</returns>
    public async Task<bool> TryReplaceAsync(
        OrganisationId organisation, Stored<ImportRun> read, ImportRun changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(organisation, changed);
        entity.ETag = read.ETag;
        return await table.TryReplaceAsync(entity, cancellation);
    }

    private static string Row(ImportRunId id) => $"{id.Kind}|{id.Name}";

    private static TableEntity ToEntity(OrganisationId organisation, ImportRun run)
    {
        var entity = new TableEntity(organisation.Value, Row(run.Id))
        {
            ["State"] = run.State.ToString(),
            ["By"] = run.By,
            ["StartedAt"] = run.StartedAt,
            ["Files"] = JsonSerializer.Serialize(run.Files),
        };
        entity.SetIfAny("FinishedAt", run.FinishedAt);
        entity.SetIfAny("Created", run.Counts?.Created);
        entity.SetIfAny("Updated", run.Counts?.Updated);
        entity.SetIfAny("Cancelled", run.Counts?.Cancelled);
        entity.SetIfAny("Rejected", run.Counts?.Rejected);
        return entity;
    }

    private static Stored<ImportRun> Read(TableEntity row)
    {
        if (!ImportRunId.TryParse(row.RowKey.Replace('|', '-'), out var id))
        {
            throw new FormatException($"Row {row.RowKey} of {Name} names no run.");
        }

        var run = new ImportRun(
            id,
            Enum.Parse<ImportRunState>(row.GetString("State")),
            row.GetString("By"),
            row.GetDateTimeOffset("StartedAt")!.Value,
            row.GetDateTimeOffset("FinishedAt"),
            JsonSerializer.Deserialize<RunFile[]>(row.GetString("Files"))!)
        {
            Counts = row.GetInt32("Created") is { } created
                ? new RunCounts(
                    created, row.GetInt32("Updated")!.Value, row.GetInt32("Cancelled")!.Value, row.GetInt32("Rejected")!.Value)
                : null,
        };
        return new Stored<ImportRun>(run, row.ETag);
    }
}
