using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Tests.LocalHost.Orchestration;

/// <summary>Long orchestrations end each period by starting anew: their state goes on, their history does not.</summary>
public sealed class ContinueAsNewTests
{
    [Fact]
    public async Task Events_not_yet_taken_are_kept_in_their_order()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("Sum", new Functions.Total(0, 0));

        for (var number = 1; number <= 10; number++)
        {
            await driver.Client.RaiseEventAsync(id, "number", number, OrchestrationDriver.Cancellation);
        }

        await driver.RaiseAsync(id, "stop");

        (await driver.LookAsync(id)).ReadOutputAs<Functions.Total>().ShouldBe(new Functions.Total(10, 55));
    }

    [Fact]
    public async Task Events_that_arrive_together_while_it_was_suspended_are_all_taken()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("Sum", new Functions.Total(0, 0));
        await driver.Client.SuspendInstanceAsync(id, cancellation: OrchestrationDriver.Cancellation);
        for (var number = 1; number <= 100; number++)
        {
            await driver.Client.RaiseEventAsync(id, "number", number, OrchestrationDriver.Cancellation);
        }

        await driver.Client.ResumeInstanceAsync(id, cancellation: OrchestrationDriver.Cancellation);
        await driver.RaiseAsync(id, "stop");

        (await driver.LookAsync(id)).ReadOutputAs<Functions.Total>().ShouldBe(new Functions.Total(100, 5050));
    }

    [Fact]
    public async Task Events_are_dropped_when_the_orchestrator_asks_for_it()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("Forgets", false);
        await driver.RaiseAsync(id, "other", "early");

        await driver.RaiseAsync(id, "next");
        (await driver.LookAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Running);
        await driver.RaiseAsync(id, "other", "late");

        (await driver.LookAsync(id)).ReadOutputAs<string>().ShouldBe("late");
    }

    [Fact]
    public async Task Its_period_is_a_timer_and_it_survives_restarts()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("Daily", 0);

        for (var day = 1; day <= 5; day++)
        {
            await driver.AdvanceAsync(TimeSpan.FromDays(1));
            await driver.RestartAsync();
        }

        driver.Journal.Lines.ShouldBe(["day 1", "day 2", "day 3", "day 4", "day 5"]);
        (await driver.LookAsync(id)).ReadInputAs<int>().ShouldBe(5);
    }

    public static class Functions
    {
        [Function("Sum")]
        public static async Task<Total> Sum([OrchestrationTrigger] TaskOrchestrationContext context, Total total)
        {
            var number = context.WaitForExternalEvent<int>("number");
            var stop = context.WaitForExternalEvent<string?>("stop");
            if (await Task.WhenAny(number, stop) == number)
            {
                context.ContinueAsNew(new Total(total.Numbers + 1, total.Sum + await number));
            }

            return total;
        }

        [Function("Forgets")]
        public static async Task<string> Forgets([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            if (context.GetInput<bool>())
            {
                return await context.WaitForExternalEvent<string>("other");
            }

            await context.WaitForExternalEvent<string?>("next");
            context.ContinueAsNew(true, preserveUnprocessedEvents: false);
            return "";
        }

        [Function("Daily")]
        public static async Task Daily([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var day = context.GetInput<int>() + 1;
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            await context.CallActivityAsync("Note", $"day {day}");
            context.ContinueAsNew(day);
        }

        public sealed record Total(int Numbers, int Sum);
    }
}
