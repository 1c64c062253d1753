using Emargement.Functions.Sessions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Sheets;

/// <summary>
/// Orchestration started by a closing, a correction or the sweep (<see cref="SealRequested"/>). The truth is in the tables: it only tries
/// until it is done.
/// </summary>
public static class SealSheetOrchestrator
{
    // About four hours in all; the sweep starts it again after that.
    private static readonly RetryPolicy Patience = new(
        12, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(30));

    [Function(SealRequested.Orchestration)]
    public static Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>(SealSheetActivity.Name, context.GetInput<SealRequested>(), TaskOptions.FromRetryPolicy(Patience));
}
