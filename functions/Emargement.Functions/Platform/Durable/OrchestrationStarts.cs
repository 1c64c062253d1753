using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Platform.Durable;

/// <summary>Starts orchestrations whose ids say what they do, so that a start tried again never doubles.</summary>
public static class OrchestrationStarts
{
    // Each further try means that the run in the way has ended since it was seen.
    private const int Tries = 5;

    /// <summary>Starts a run, unless one of that id is under way.</summary>
    /// <returns>False when one is under way: it may have read already what this start is for.</returns>
    public static async Task<bool> StartOnceAsync(
        this DurableTaskClient client, string name, string id, object input, CancellationToken cancellation)
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                await client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id), cancellation);
                return true;
            }
            catch (OrchestrationAlreadyExistsException) when (left > 1)
            {
                if (await client.IsUnderWayAsync(id, cancellation))
                {
                    return false;
                }
            }
        }
    }

    public static async Task<bool> IsUnderWayAsync(this DurableTaskClient client, string id, CancellationToken cancellation) =>
        await client.GetInstanceAsync(id, cancellation) is { IsCompleted: false };
}
