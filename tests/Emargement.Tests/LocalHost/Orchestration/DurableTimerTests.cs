using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Tests.LocalHost.Orchestration;

/// <summary>Timers of orchestrations follow the clock and outlive the process.</summary>
public sealed class DurableTimerTests
{
    [Fact]
    public async Task A_timer_fires_at_its_instant_and_not_before()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("WaitsADay");

        await driver.AdvanceAsync(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await driver.LookAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Running);
        await driver.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await driver.LookAsync(id)).ReadOutputAs<DateTime>().ShouldBe(new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task A_timer_survives_a_restart()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("WaitsADay");

        await driver.RestartAsync();
        await driver.AdvanceAsync(TimeSpan.FromDays(1));

        (await driver.LookAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task A_timer_due_while_no_process_ran_fires_at_the_next_start()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("WaitsADay");

        await driver.Host.StopAsync(OrchestrationDriver.Cancellation);
        driver.Clock.Advance(TimeSpan.FromDays(3));
        await driver.RestartAsync();

        (await driver.LookAsync(id)).ReadOutputAs<DateTime>().ShouldBe(new DateTime(2026, 11, 26, 9, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task Concurrent_timers_end_in_the_order_of_their_instants()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("ThreeTimers");

        await driver.AdvanceAsync(TimeSpan.FromHours(5));

        (await driver.LookAsync(id)).ReadOutputAs<string>().ShouldBe("1,2,3");
    }

    [Fact]
    public async Task A_cancelled_timer_ends_at_once_as_cancelled()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));

        (await driver.RunAsync("CancelsItsTimer")).ReadOutputAs<bool>().ShouldBeTrue();
    }

    public static class Functions
    {
        [Function("WaitsADay")]
        public static async Task<DateTime> WaitsADay([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return context.CurrentUtcDateTime;
        }

        [Function("ThreeTimers")]
        public static async Task<string> ThreeTimers([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var ended = new List<int>();
            async Task Wait(int hours)
            {
                await context.CreateTimer(TimeSpan.FromHours(hours), CancellationToken.None);
                ended.Add(hours);
            }

            await Task.WhenAll(Wait(3), Wait(1), Wait(2));
            return string.Join(',', ended);
        }

        [Function("CancelsItsTimer")]
        public static async Task<bool> CancelsItsTimer([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            using var stop = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(1), stop.Token);
            await context.CallActivityAsync("Note", "something first");
            Cancel(stop);
            try
            {
                await timer;
                return false;
            }
            catch (TaskCanceledException)
            {
                return true;
            }
        }

        // CancelAsync would run its callbacks on another thread.
        private static void Cancel(CancellationTokenSource source) => source.Cancel();
    }
}
