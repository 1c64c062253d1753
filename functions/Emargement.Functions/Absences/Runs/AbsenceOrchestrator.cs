using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Absences.Runs;

/// <summary>Input: the absence that was decided.</summary>
/// <param name="Months">yyyy-MM: to be calculated again afterwards.</param>
public sealed record AbsenceRun(string Organisation, string Absence, IReadOnlyList<string> Months)
{
    /// <summary>One run of an absence at a time.</summary>
    internal string Id => $"absence-{Organisation}-{Absence}";
}

/// <summary>
/// Says in the half-days what was decided, seals their sheets anew side by side, then calculates their months. A sheet that fails for
/// hours is the sweep's.
/// </summary>
public static class AbsenceOrchestrator
{
    public const string Name = "DecideAbsence";

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 10, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2));

    [Function(Name)]
    public static async Task<int> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<AbsenceRun>()!;
        var corrected = await context.CallActivityAsync<string[]>(ApplyAbsenceActivity.Name, input, Retries);
        await Task.WhenAll(corrected.Select(session => SealAsync(context, input.Organisation, session)));
        foreach (var month in input.Months)
        {
            await context.CallActivityAsync<string>(MonthRun.Activity, new MonthRun(input.Organisation, month), Retries);
        }

        return corrected.Length;
    }

    private static async Task SealAsync(TaskOrchestrationContext context, string organisation, string session)
    {
        try
        {
            await context.CallSubOrchestratorAsync<string>(SealRequested.Orchestration, new SealRequested(organisation, session));
        }
        catch (TaskFailedException)
        {
            // The sweep seals it.
        }
    }
}
