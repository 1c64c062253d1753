using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>One organisation's night. What is done is in the tables: a second try goes on from there. While another import runs it
/// waits.</summary>
public static class NightlyImportOrchestrator
{
    public const string Name = "ImportNight";

    /// <summary>The activity's answer when another import of the organisation runs. A run of before this answer has none.</summary>
    public const string Busy = "busy";

    // Beyond an hour of waiting the timer starts the night anew.
    private const int Tries = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public static string InstanceId(DueNight due) => $"import-{due.Organisation}-{due.Night}";

    [Function(Name)]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var retry = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(2), backoffCoefficient: 2));
        for (var left = Tries; left > 0; left--)
        {
            if (await context.CallActivityAsync<string?>(NightlyImportActivity.Name, context.GetInput<DueNight>(), retry) != Busy)
            {
                return;
            }

            await context.CreateTimer(Pause, CancellationToken.None);
        }
    }
}
