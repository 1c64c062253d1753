using Emargement.Functions.Months.Runs;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Months.Corrections;

/// <summary>Input: the half-days whose sheets are to be sealed anew.</summary>
/// <param name="Months">yyyy-MM: to be calculated again afterwards.</param>
public sealed record SealManyRun(string Organisation, IReadOnlyList<string> Sessions, IReadOnlyList<string> Months);

/// <summary>
/// Seals the sheets of several half-days anew, side by side, then calculates their months. A sheet that fails for hours is the sweep's.
/// </summary>
public static class SealManyOrchestrator
{
    public const string Name = "SealMany";

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2));

    [Function(Name)]
    public static async Task<int> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<SealManyRun>()!;
        var sealedNow = await Task.WhenAll(input.Sessions.Select(session => SealAsync(context, input.Organisation, session)));
        foreach (var month in input.Months)
        {
            await context.CallActivityAsync<string>(SummarizeMonthActivity.Name, new MonthRun(input.Organisation, month), Retries);
        }

        return sealedNow.Count(done => done);
    }

    private static async Task<bool> SealAsync(TaskOrchestrationContext context, string organisation, string session)
    {
        try
        {
            await context.CallSubOrchestratorAsync<string>(SealRequested.Orchestration, new SealRequested(organisation, session));
            return true;
        }
        catch (TaskFailedException)
        {
            return false;
        }
    }
}
