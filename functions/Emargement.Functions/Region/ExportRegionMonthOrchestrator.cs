using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Region;

/// <summary>Input of a Région's run.</summary>
/// <param name="Month">yyyy-MM.</param>
/// <param name="By">Who asked, as in the manifest.</param>
/// <param name="Run">Names the run: the versions that it writes are bound to it.</param>
public sealed record RegionExportRun(string Region, string Month, string By, string Run);

/// <summary>What a run wrote.</summary>
/// <param name="Failed">Short names of the organisations whose export failed after every retry.</param>
public sealed record RegionExportResult(IReadOnlyList<ExportedVersion> Exported, IReadOnlyList<string> Failed);

/// <summary>Exports a Région's month: one organisation beside the other, so that one that fails takes nothing from the others.</summary>
public sealed class ExportRegionMonthOrchestrator
{
    public const string Name = "ExportRegionMonth";

    [Function(Name)]
    public static async Task<RegionExportResult> Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var asked = context.GetInput<RegionExportRun>()!;
        var at = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero);
        var organisations = await context.CallActivityAsync<RegionOrganisation[]>(ListRegionOrganisationsActivity.Name, asked.Region);
        var exports = organisations.Select(o => ExportAsync(context, asked, at, o)).ToList();
        var outcomes = await Task.WhenAll(exports);

        var result = new RegionExportResult(
            [.. outcomes.Where(o => o.Version is not null).Select(o => o.Version!)],
            [.. outcomes.Where(o => o.Failed is not null).Select(o => o.Failed!)]);
        if (result.Failed.Count == 0)
        {
            await context.CallActivityAsync(MarkMonthExportedActivity.Name, new ExportedMonth(asked.Region, asked.Month, asked.Run, at));
        }

        return result;
    }

    private static async Task<(ExportedVersion? Version, string? Failed)> ExportAsync(
        TaskOrchestrationContext context, RegionExportRun asked, DateTimeOffset at, RegionOrganisation organisation)
    {
        // Two establishments may share one declaration number, so the short name is part of the id too.
        var options = new SubOrchestrationOptions(instanceId: $"export-{asked.Region}-{asked.Month}-{organisation.Nda}-{organisation.Id}");
        var input = new OrganisationExportRun(asked.Region, asked.Month, organisation.Id, asked.Run, asked.By, at);
        try
        {
            return (await context.CallSubOrchestratorAsync<ExportedVersion?>(
                ExportOrganisationMonthOrchestrator.Name, input, options), null);
        }
        catch (TaskFailedException)
        {
            return (null, organisation.Id);
        }
    }
}
