using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Placements.Workflow;

/// <summary>Input of one generation of the workflow.</summary>
/// <param name="Shape">The shape of the code that started this generation.</param>
/// <param name="Period">The validation period it is in; null at first.</param>
/// <param name="WakeAt">UTC; when to look first, where whoever started it knows that nothing is due before. Null: at once.</param>
public sealed record PlacementRun(string Organisation, string Placement, int Shape, string? Period, DateTime? WakeAt = null);

/// <summary>The workflow of one placement, <c>placement-{id}</c>: look, act, sleep until the next wake-up or a change, and again;
/// a period at a time.</summary>
/// <remarks>
/// A new version of the code must not break what is running, and placements run for months.
/// So this method only ever does one loop — <c>DecidePlacement</c>, then <c>RunPlacementAction</c> for each text it gave, then a timer or
/// the event <c>Changed</c> — and everything that product changes touch (which mails, when, what to seal) is decided inside those two
/// activities, whose answers history keeps. New sorts of actions are new texts, which this loop carries without reading. When the loop
/// itself must change, <see cref="Shape"/> goes up by one and the old loop stays, chosen by <see cref="PlacementRun.Shape"/>, until no
/// generation started with it is left: a generation ends with each period, or after <see cref="Turns"/> turns, and <c>ContinueAsNew</c>
/// starts the next one with the current shape.
/// </remarks>
public static class PlacementOrchestrator
{
    public const string Name = "PlacementWorkflow";
    public const string Changed = "Changed";
    public const int Shape = 2;

    /// <summary>Turns of one generation at most, so that its history stays small.</summary>
    private const int Turns = 40;

    private static readonly TimeSpan AfterFailure = TimeSpan.FromHours(1);

    private static readonly RetryPolicy Policy =
        new(6, TimeSpan.FromSeconds(5), backoffCoefficient: 3, maxRetryInterval: TimeSpan.FromMinutes(30));

    private static readonly TaskOptions Retries = new(new TaskRetryOptions(Policy));

    [Function(Name)]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var run = context.GetInput<PlacementRun>()!;
        using var sleep = new PlacementSleep(context, oneTimer: run.Shape >= 2);
        if (run.WakeAt is { } first)
        {
            await sleep.UntilAsync(first);
        }

        for (var turn = 0; turn < Turns; turn++)
        {
            var step = await context.CallActivityAsync<PlacementStep>(DecidePlacementActivity.Name, run, Retries);
            var done = await ActAsync(context, run, step);
            if (step.Finished && done)
            {
                return;
            }

            if (step.Actions.Count > 0 && done)
            {
                continue;
            }

            if (run.Period is not null && step.Period != run.Period)
            {
                break;
            }

            run = run with { Period = step.Period };
            await sleep.UntilAsync(done ? step.WakeAt!.Value : context.CurrentUtcDateTime + AfterFailure);
        }

        // An event that this generation took without looking is not lost: the next one looks first.
        context.ContinueAsNew(run with { Shape = Shape, Period = null, WakeAt = null });
    }

    /// <returns>False when an action failed for good: the next look finds it due again.</returns>
    private static async Task<bool> ActAsync(TaskOrchestrationContext context, PlacementRun run, PlacementStep step)
    {
        var done = true;
        foreach (var action in step.Actions)
        {
            try
            {
                await context.CallActivityAsync(
                    PlacementActionActivity.Name, new PlacementActionInput(run.Organisation, run.Placement, action), Retries);
            }
            catch (TaskFailedException)
            {
                done = false;
            }
        }

        return done;
    }
}
