using Emargement.Functions.Platform.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Webhooks.Deliveries;

/// <summary>Tries one delivery until it is through or given up. The truth is in the tables: it only comes again when it is told
/// to.</summary>
public static class DeliverWebhookOrchestrator
{
    public const string Name = "DeliverWebhook";

    // What waits behind another of its subject comes many times: its history stays short.
    private const int MostTurns = 20;

    private static readonly TaskOptions Retried = TaskOptions.FromRetryPolicy(
        new RetryPolicy(8, TimeSpan.FromSeconds(15), 2, TimeSpan.FromMinutes(20)));

    [Function(Name)]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var run = context.GetInput<DeliveryRun>()!;
        for (var turn = 0; turn < MostTurns; turn++)
        {
            if (await context.CallActivityAsync<DateTimeOffset?>(DeliverWebhookActivity.Name, run, Retried) is not { } next)
            {
                return;
            }

            await context.CreateTimer(WakeUp.For(next).UtcDateTime, CancellationToken.None);
        }

        context.ContinueAsNew(run);
    }
}
