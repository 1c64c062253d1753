using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Tests.LocalHost.Orchestration;

/// <summary>Hosts come, go and share one storage; no activity that has completed is run again.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task An_activity_interrupted_by_a_stop_is_run_again_and_those_before_it_are_not()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.Client.ScheduleNewOrchestrationInstanceAsync(
            "Interrupted", driver.Settings["Storage:Prefix"], OrchestrationDriver.Cancellation);
        await Functions.SecondBegan(driver.Settings["Storage:Prefix"]!);

        await driver.RestartAsync();

        (await driver.LookAsync(id)).ReadOutputAs<string>().ShouldBe("FIRST second time");
        driver.Journal.Lines.ShouldBe(["first"]);
    }

    [Fact]
    public async Task Two_hosts_on_one_storage_run_each_activity_once()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var ids = new List<string>();
        for (var instance = 0; instance < 12; instance++)
        {
            ids.Add(await driver.Client.ScheduleNewOrchestrationInstanceAsync("FiveNotes", instance, OrchestrationDriver.Cancellation));
        }

        await using var other = await driver.NewHostAsync();
        await other.WhenIdleAsync();
        await driver.Host.WhenIdleAsync();
        await driver.AdvanceAsync(TimeSpan.FromMinutes(1));
        await other.WhenIdleAsync();

        foreach (var id in ids)
        {
            (await driver.LookAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        }

        driver.Journal.Lines.Count.ShouldBe(12 * 5);
        driver.Journal.Lines.ShouldBeUnique();
    }

    public static class Functions
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, TaskCompletionSource> Begun = [];

        public static Task SecondBegan(string key) => Began(key).Task.WaitAsync(TimeSpan.FromSeconds(60));

        [Function("Interrupted")]
        public static async Task<string> Interrupted([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var first = await context.CallActivityAsync<string>("Note", "first");
            return $"{first} {await context.CallActivityAsync<string>("WaitsTheFirstTime", context.GetInput<string>())}";
        }

        [Function("WaitsTheFirstTime")]
        public static async Task<string> WaitsTheFirstTime([ActivityTrigger] string key, CancellationToken stopping)
        {
            if (Began(key).TrySetResult())
            {
                await Task.Delay(Timeout.Infinite, stopping);
            }

            return "second time";
        }

        [Function("FiveNotes")]
        public static async Task FiveNotes([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            for (var note = 0; note < 5; note++)
            {
                await context.CallActivityAsync("Note", $"{context.GetInput<int>()} {note}");
            }
        }

        private static TaskCompletionSource Began(string key) =>
            Begun.GetOrAdd(key, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
