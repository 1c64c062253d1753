using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Tests.LocalHost.Orchestration;

/// <summary>An orchestrator is replayed from its history: what it has already had done is not done again.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task Activities_run_once_each_in_their_order()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));

        var instance = await driver.RunAsync("Chain", new[] { "a", "b", "c" });

        instance.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        instance.ReadOutputAs<string>().ShouldBe("ABC");
        driver.Journal.Lines.ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task A_fan_out_of_many_activities_gathers_every_result_in_the_order_of_asking()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var lines = Enumerable.Range(0, 250).Select(i => $"line {i}").ToArray();

        var instance = await driver.RunAsync("FanOut", lines);

        instance.ReadOutputAs<string[]>().ShouldBe(lines.Select(l => l.ToUpperInvariant()));
        driver.Journal.Lines.Order().ShouldBe(lines.Order());
    }

    [Fact]
    public async Task Inputs_and_results_longer_than_one_property_are_kept_whole()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var line = new string('é', 100_000);

        var said = (await driver.RunAsync("Chain", new[] { line })).ReadOutputAs<string>();

        said.ShouldNotBeNull().Length.ShouldBe(line.Length);
        said.ShouldAllBe(c => c == 'É');
    }

    [Fact]
    public async Task Identifiers_and_the_time_are_the_same_at_each_replay()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("Remembers");

        await driver.AdvanceAsync(TimeSpan.FromHours(1));

        var instance = await driver.LookAsync(id);
        instance.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        instance.ReadOutputAs<string>().ShouldBe("09:00 then 10:00");
        driver.Journal.Lines.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_child_orchestration_gives_its_result_or_its_failure_to_its_parent()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));

        var instance = await driver.RunAsync("Parent");

        instance.ReadOutputAs<string>().ShouldBe("A|System.TimeoutException: call 1 of child");
        (await driver.LookAsync("child-1")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        (await driver.LookAsync("child-2")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
    }

    [Fact]
    public async Task An_orchestrator_that_throws_fails_with_the_cause()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));

        var instance = await driver.RunAsync("Throws");

        instance.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        instance.SerializedOutput.ShouldBe("System.InvalidOperationException: no");
    }

    public static class Functions
    {
        [Function("Chain")]
        public static async Task<string> Chain([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var said = "";
            foreach (var line in context.GetInput<string[]>()!)
            {
                said += await context.CallActivityAsync<string>("Note", line);
            }

            return said;
        }

        [Function("FanOut")]
        public static async Task<string[]> FanOut([OrchestrationTrigger] TaskOrchestrationContext context, string[] lines) =>
            await Task.WhenAll(lines.Select(l => context.CallActivityAsync<string>("Note", l)));

        [Function("Remembers")]
        public static async Task<string> Remembers([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var began = context.CurrentUtcDateTime;
            await context.CallActivityAsync("Note", $"{context.NewGuid()}");
            await context.CallActivityAsync("Note", $"{context.NewGuid()}");
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return $"{began:HH:mm} then {context.CurrentUtcDateTime:HH:mm}";
        }

        [Function("Parent")]
        public static async Task<string> Parent([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var good = await context.CallSubOrchestratorAsync<string>(
                "Chain", new[] { "a" }, new SubOrchestrationOptions(instanceId: "child-1"));
            try
            {
                await context.CallSubOrchestratorAsync("FailingChild", options: new SubOrchestrationOptions(instanceId: "child-2"));
                return good;
            }
            catch (TaskFailedException failed)
            {
                return $"{good}|{failed.FailureDetails.InnerFailure}";
            }
        }

        [Function("FailingChild")]
        public static Task FailingChild([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync("FailUntil", new SampleActivities.Attempts("child", 2));

        [Function("Throws")]
        public static Task Throws([OrchestrationTrigger] TaskOrchestrationContext context) => throw new InvalidOperationException("no");
    }
}
