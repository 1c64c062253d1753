using Emargement.Functions.Sessions.Marks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Months.Runs;

/// <summary>Makes a month's summary, trying again when the storage fails: it writes the same again.</summary>
public static class SummarizeMonthOrchestrator
{
    public const string Name = "SummarizeMonth";

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(10), backoffCoefficient: 2));

    [Function(Name)]
    public static Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>(SummarizeMonthActivity.Name, context.GetInput<MonthRun>(), Retries);
}
