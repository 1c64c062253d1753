using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Accounts.Recovery;

/// <summary>Answers one wish for a new password, by mail, after whoever asked has had their answer.</summary>
public static class RecoverAccountOrchestrator
{
    public const string Name = "RecoverAccount";

    private static readonly TaskOptions Retried = TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(5), 2));

    [Function(Name)]
    public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync(QueueRecoveryActivity.Name, context.GetInput<RecoveryAsked>(), Retried);
}
