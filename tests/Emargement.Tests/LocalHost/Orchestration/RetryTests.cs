using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Tests.LocalHost.Orchestration;

/// <summary>Failed activities are tried again as their options say, with durable timers between.</summary>
public sealed class RetryTests
{
    [Fact]
    public async Task The_waits_grow_by_the_coefficient_up_to_the_longest()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("ByPolicy", 5);

        int[] seconds = [10, 20, 40, 45];
        for (var wait = 0; wait < seconds.Length; wait++)
        {
            await driver.AdvanceAsync(TimeSpan.FromSeconds(seconds[wait] - 1));
            driver.Journal.Lines.Count.ShouldBe(wait + 1, $"before wait {wait} ends");
            await driver.AdvanceAsync(TimeSpan.FromSeconds(1));
            driver.Journal.Lines.Count.ShouldBe(wait + 2, $"after wait {wait}");
        }

        (await driver.LookAsync(id)).ReadOutputAs<int>().ShouldBe(5);
    }

    [Fact]
    public async Task After_the_last_attempt_the_failure_is_the_orchestrators_and_no_further_wait_follows()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("ByPolicy", 100);

        foreach (var seconds in (int[])[10, 20, 40, 45])
        {
            await driver.AdvanceAsync(TimeSpan.FromSeconds(seconds));
        }

        var instance = await driver.LookAsync(id);
        instance.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        instance.SerializedOutput.ShouldNotBeNull().ShouldContain("call 5 of policy");
        driver.Journal.Lines.Count.ShouldBe(5);
    }

    [Fact]
    public async Task No_attempt_begins_after_the_time_for_retries_is_over()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("WithinAMinute");

        await driver.AdvanceAsync(TimeSpan.FromSeconds(30));
        await driver.AdvanceAsync(TimeSpan.FromSeconds(30));
        await driver.AdvanceAsync(TimeSpan.FromSeconds(30));

        (await driver.LookAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        driver.Journal.Lines.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_handler_decides_and_sees_the_attempt_and_the_failure()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));

        (await driver.RunAsync("ByHandler")).ReadOutputAs<string>().ShouldBe(
            "1 System.TimeoutException, 2 System.TimeoutException, 3 System.TimeoutException");
    }

    [Fact]
    public async Task A_restart_between_two_attempts_starts_no_count_anew()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync("ByPolicy", 3);
        await driver.AdvanceAsync(TimeSpan.FromSeconds(10));

        await driver.RestartAsync();
        await driver.AdvanceAsync(TimeSpan.FromSeconds(20));

        (await driver.LookAsync(id)).ReadOutputAs<int>().ShouldBe(3);
        driver.Journal.Lines.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_activity_that_does_not_exist_fails()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));

        var instance = await driver.RunAsync("CallsNobody");

        instance.SerializedOutput.ShouldNotBeNull().ShouldContain("The function 'Nobody' doesn't exist");
    }

    public static class Functions
    {
        [Function("ByPolicy")]
        public static Task<int> ByPolicy([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var policy = new RetryPolicy(5, TimeSpan.FromSeconds(10), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(45));
            var wanted = new SampleActivities.Attempts("policy", context.GetInput<int>());
            return context.CallActivityAsync<int>("FailUntil", wanted, TaskOptions.FromRetryPolicy(policy));
        }

        [Function("WithinAMinute")]
        public static Task WithinAMinute([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var policy = new RetryPolicy(50, TimeSpan.FromSeconds(30), retryTimeout: TimeSpan.FromMinutes(1));
            return context.CallActivityAsync(
                "FailUntil", new SampleActivities.Attempts("minute", 100), TaskOptions.FromRetryPolicy(policy));
        }

        [Function("ByHandler")]
        public static async Task<string> ByHandler([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var asked = new List<string>();
            try
            {
                var attempts = new SampleActivities.Attempts("handler", 100);
                await context.CallActivityAsync("FailUntil", attempts, TaskOptions.FromRetryHandler(retry =>
                {
                    asked.Add($"{retry.LastAttemptNumber} {retry.LastFailure.ErrorType}");
                    return retry.LastAttemptNumber < 3;
                }));
            }
            catch (TaskFailedException)
            {
            }

            return string.Join(", ", asked);
        }

        [Function("CallsNobody")]
        public static Task CallsNobody([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync("Nobody");
    }
}
