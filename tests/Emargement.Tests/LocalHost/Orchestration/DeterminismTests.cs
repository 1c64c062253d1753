using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Tests.LocalHost.Orchestration;

/// <summary>
/// What the engine and the worker catch of an orchestrator that is not deterministic. They do not see all: an activity's changed input
/// goes unnoticed. The
/// Durable analysers, the pure functions that decide, and recorded histories stand for the rest.
/// </summary>
public sealed class DeterminismTests
{
    [Theory]
    [InlineData("ChangesItsMind", "Non-Deterministic")]
    [InlineData("EndsEarly", "Non-Deterministic")]
    [InlineData("LeavesItsThread", "awaits only the durable tasks")]
    [InlineData("WaitsForNothing", "awaits only the durable tasks")]
    public async Task It_is_caught(string orchestrator, string because)
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));

        var instance = await driver.RunAsync(orchestrator);

        instance.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        instance.SerializedOutput.ShouldNotBeNull().ShouldContain(because);
    }

    public static class Functions
    {
        [Function("ChangesItsMind")]
        public static async Task ChangesItsMind([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            if (context.IsReplaying)
            {
                await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
            }

            await context.CallActivityAsync("Note", "first");
        }

        [Function("EndsEarly")]
        public static async Task EndsEarly([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("Note", "first");
            if (context.IsReplaying)
            {
                return;
            }

            await context.CallActivityAsync("Note", "second");
        }

        [Function("LeavesItsThread")]
        public static async Task LeavesItsThread([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await Task.Run(() => { }).ConfigureAwait(false);
            await context.CallActivityAsync("Note", "elsewhere");
        }

        [Function("WaitsForNothing")]
        public static Task WaitsForNothing([OrchestrationTrigger] TaskOrchestrationContext context) => new TaskCompletionSource().Task;
    }
}
