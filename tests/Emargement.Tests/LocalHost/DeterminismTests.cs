using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Tests.LocalHost;

/// <summary>An orchestrator that does not ask for the same things at each replay is caught here, before the real host would misbehave.</summary>
public sealed class DeterminismTests
{
    [Theory]
    [InlineData("ReadsTheClock", "activity 'Note' with input")]
    [InlineData("DrawsAtRandom", "activity 'Note' with input")]
    [InlineData("ChangesItsMind", "in its place")]
    [InlineData("AsksForMore", "which the history does not hold")]
    [InlineData("EndsEarly", "asks for nothing in its place")]
    [InlineData("AwaitsATask", "not a durable task")]
    [InlineData("LeavesItsThread", "not a durable task")]
    [InlineData("WaitsForNothing", "not a durable task")]
    public async Task It_is_caught(string orchestrator, string because)
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var id = await driver.StartInstanceAsync(orchestrator);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(OrchestrationDriver.Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));

        var instance = await driver.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);

        instance.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        var failure = instance.FailureDetails.ShouldNotBeNull();
        failure.ErrorType.ShouldEndWith("NonDeterministicOrchestrationException");
        failure.ErrorMessage.ShouldContain(because);
    }

    public static class Functions
    {
        private static readonly TaskCompletionSource<string?> Gate = new();
        private static int _runs;

        [Function("ReadsTheClock")]
        public static async Task ReadsTheClock([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("Note", $"{DateTime.UtcNow:O}");
            await context.CallActivityAsync("Note", "after");
        }

        [Function("DrawsAtRandom")]
        public static async Task DrawsAtRandom([OrchestrationTrigger] TaskOrchestrationContext context) =>
            await context.CallActivityAsync("Note", $"{Guid.NewGuid()}");

        [Function("ChangesItsMind")]
        public static async Task ChangesItsMind([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("Note", "first");
            if (context.IsReplaying)
            {
                await context.CallActivityAsync("Note", "second");
            }

            await context.CallActivityAsync("Note", "third");
        }

        [Function("AsksForMore")]
        public static async Task AsksForMore([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var first = context.CallActivityAsync("Note", "first");
            if (context.IsReplaying)
            {
                _ = context.CallActivityAsync("Note", "second");
            }

            await first;
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

        [Function("AwaitsATask")]
        public static async Task AwaitsATask([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            _ = context.CallActivityAsync("OpenTheGate");
            await Gate.Task;
            await context.WaitForExternalEvent<string>("never");
        }

        [Function("OpenTheGate")]
        public static void OpenTheGate([ActivityTrigger] string? nothing) => Gate.TrySetResult(nothing);

        [Function("LeavesItsThread")]
        public static async Task LeavesItsThread([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await Task.Run(() => Interlocked.Increment(ref _runs)).ConfigureAwait(false);
            await context.CallActivityAsync("Note", "elsewhere");
        }

        [Function("WaitsForNothing")]
        public static Task WaitsForNothing([OrchestrationTrigger] TaskOrchestrationContext context) => new TaskCompletionSource().Task;
    }
}
