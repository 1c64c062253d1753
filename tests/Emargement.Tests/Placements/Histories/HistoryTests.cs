using DurableTask.Core;
using DurableTask.Core.Command;
using Emargement.Functions.Placements.Workflow;
using Emargement.LocalHost.Invocation;
using Emargement.LocalHost.Orchestration;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Emargement.Tests.Placements.Histories;

/// <summary>
/// Placements run for months, over new versions of the code. Histories that the engine wrote of each shape that runs are kept beside
/// this file, and the workflow
/// of today must go along with each of them. One that it no longer goes along with is a placement that breaks at its next event: <see
/// cref="PlacementOrchestrator"/>
/// says how its loop is changed. A file goes when no generation of its shape is left.
/// </summary>
public sealed class HistoryTests
{
    public static TheoryData<string> Recorded => [.. Directory.GetFiles(RecordedHistory.Folder, "*.json").Select(f => Path.GetFileName(f))];

    public static TheoryData<string> Lives => [.. RecordedLives.All.Keys];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void The_workflow_of_today_goes_along_with_a_history_that_was_written(string file)
    {
        var result = RecordedHistory.Read(Path.Combine(RecordedHistory.Folder, file)).Replay(WorkflowOfToday());

        var ends = result.Actions.OfType<OrchestrationCompleteOrchestratorAction>().ToList();
        var failures = ends.Where(e => e.OrchestrationStatus == OrchestrationStatus.Failed);
        failures.Select(e => e.Result ?? e.FailureDetails?.ErrorMessage).ShouldBeEmpty();
        result.Actions.Except(ends).ShouldBeEmpty("all that it asks for is in the history");
    }

    /// <summary>With EMARGEMENT_RECORD=1 in the environment, writes the histories anew.</summary>
    [Theory]
    [MemberData(nameof(Lives))]
    public async Task A_placement_that_lives_so_leaves_the_history_that_is_kept(string life)
    {
        await using var driver = await WorkflowDriver.StartAsync();
        await RecordedLives.All[life](driver);
        await driver.Host.WhenIdleAsync();
        var history = await RecordedHistory.OfAsync(driver.Host.Services, WorkflowDriver.InstanceId);
        var file = Path.Combine(RecordedHistory.Folder, $"shape-{PlacementOrchestrator.Shape}-{life}.json");

        if (Environment.GetEnvironmentVariable("EMARGEMENT_RECORD") == "1")
        {
            history.Write(file);
        }

        history.Shape.ShouldBe(RecordedHistory.Read(file).Shape);
    }

    private static TaskOrchestration WorkflowOfToday()
    {
        var catalog = new FunctionCatalog([typeof(PlacementOrchestrator)]);
        var function = catalog.Find<Microsoft.Azure.Functions.Worker.OrchestrationTriggerAttribute>(PlacementOrchestrator.Name)!;
        var scopes = new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>();
        var shims = new DurableTaskShimFactory(new DurableTaskWorkerOptions { DataConverter = JsonData.Instance });
        var orchestrator = new FunctionOrchestrator(function, new FunctionPipeline([]), scopes, NullLoggerFactory.Instance);
        return shims.CreateOrchestration(PlacementOrchestrator.Name, orchestrator);
    }
}
