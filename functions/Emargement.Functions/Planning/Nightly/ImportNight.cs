using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>One organisation's night. What is done is in the tables: a second try goes on from there.</summary>
public static class ImportNight
{
    public const string Name = "ImportNight";

    [Function(Name)]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var retry = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(2), backoffCoefficient: 2));
        await context.CallActivityAsync(ImportInbox.Name, context.GetInput<DueNight>(), retry);
    }
}
