using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Tests.LocalHost.Orchestration;

/// <summary>Events reach the orchestrator that waits for them, whenever they were raised.</summary>
public sealed class ExternalEventTests
{
    [Fact]
    public async Task An_event_raised_before_the_wait_is_not_lost()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("WaitsLate");

        await driver.RaiseAsync(id, "answer", "yes");
        (await driver.LookAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Running);
        await driver.AdvanceAsync(TimeSpan.FromMinutes(10));

        (await driver.LookAsync(id)).ReadOutputAs<string>().ShouldBe("yes");
    }

    [Fact]
    public async Task The_case_of_the_name_does_not_matter_and_the_order_is_kept()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("TakesThree");

        await driver.Client.RaiseEventAsync(id, "Number", 1, OrchestrationDriver.Cancellation);
        await driver.Client.RaiseEventAsync(id, "NUMBER", 2, OrchestrationDriver.Cancellation);
        await driver.RaiseAsync(id, "number", 3);

        (await driver.LookAsync(id)).ReadOutputAs<string>().ShouldBe("1,2,3");
    }

    [Fact]
    public async Task Of_several_waiters_the_latest_is_served_first()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("TwoWaiters");

        await driver.RaiseAsync(id, "n", 1);
        await driver.RaiseAsync(id, "n", 2);

        (await driver.LookAsync(id)).ReadOutputAs<string>().ShouldBe("first got 2, second got 1");
    }

    [Fact]
    public async Task A_wait_with_a_limit_ends_with_the_event_and_its_timer_is_cancelled()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("WaitsAnHour");

        await driver.RaiseAsync(id, "answer", "yes");

        (await driver.LookAsync(id)).ReadOutputAs<string>().ShouldBe("yes");
    }

    [Fact]
    public async Task A_wait_with_a_limit_ends_with_the_timer_and_a_later_event_finds_nobody()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("WaitsAnHour");

        await driver.AdvanceAsync(TimeSpan.FromHours(1));

        (await driver.LookAsync(id)).ReadOutputAs<string>().ShouldBe("nobody answered");
    }

    [Fact]
    public async Task Of_an_event_and_a_timer_that_is_due_either_may_come_first_and_only_one_counts()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("WaitsAnHour");
        await driver.Client.SuspendInstanceAsync(id, cancellation: OrchestrationDriver.Cancellation);
        await driver.AdvanceAsync(TimeSpan.FromHours(1));

        await driver.RaiseAsync(id, "answer", "just in time");
        await driver.Client.ResumeInstanceAsync(id, cancellation: OrchestrationDriver.Cancellation);

        (await driver.LookAsync(id)).ReadOutputAs<string>().ShouldBeOneOf("just in time", "nobody answered");
    }

    [Fact]
    public async Task One_orchestration_sends_to_another_once()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var receiver = await driver.StartInstanceAsync("TakesThree");

        await driver.RunAsync("Sender", receiver);

        // Each is a message of its own in a queue, which promises no order.
        (await driver.LookAsync(receiver)).ReadOutputAs<string>().ShouldNotBeNull().Split(',').ShouldBe(["7", "8", "9"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_event_of_the_wrong_type_fails_the_orchestrator_that_awaits_it()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("TakesThree");

        await driver.RaiseAsync(id, "number", "one");

        var failed = await driver.LookAsync(id);
        failed.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        failed.SerializedOutput.ShouldNotBeNull().ShouldContain("JsonException");
    }

    public static class Functions
    {
        [Function("WaitsLate")]
        public static async Task<string> WaitsLate([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CreateTimer(TimeSpan.FromMinutes(10), CancellationToken.None);
            return await context.WaitForExternalEvent<string>("answer");
        }

        [Function("TakesThree")]
        public static async Task<string> TakesThree([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var numbers = new List<int>();
            while (numbers.Count < 3)
            {
                numbers.Add(await context.WaitForExternalEvent<int>("number"));
            }

            return string.Join(',', numbers);
        }

        [Function("TwoWaiters")]
        public static async Task<string> TwoWaiters([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var first = context.WaitForExternalEvent<int>("n");
            var second = context.WaitForExternalEvent<int>("n");
            return $"first got {await first}, second got {await second}";
        }

        [Function("WaitsAnHour")]
        public static async Task<string> WaitsAnHour([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                return await context.WaitForExternalEvent<string>("answer", TimeSpan.FromHours(1));
            }
            catch (TaskCanceledException)
            {
                return "nobody answered";
            }
        }

        [Function("Sender")]
        public static Task Sender([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var to = context.GetInput<string>()!;
            context.SendEvent(to, "number", 7);
            context.SendEvent(to, "number", 8);
            context.SendEvent(to, "number", 9);
            return Task.CompletedTask;
        }
    }
}
