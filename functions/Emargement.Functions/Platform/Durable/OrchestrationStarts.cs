using DurableTask.Core.Exceptions;
using Emargement.Functions.Platform.Storage;
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
                await client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id), cancellation)
                    .InTimeAsync(cancellation);
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
        await client.GetInstanceAsync(id, cancellation).InTimeAsync(cancellation) is { IsCompleted: false };

    /// <summary>What the engine answers, while there is patience for its storage: it has its own, of minutes.</summary>
    /// <exception cref="TimeoutException">There is none left. What was asked for may happen all the same.</exception>
    public static Task<T> InTimeAsync<T>(this Task<T> asked, CancellationToken cancellation) =>
        asked.WaitAsync(StoragePatience.OfCall, cancellation);

    /// <inheritdoc cref="InTimeAsync{T}"/>
    public static Task InTimeAsync(this Task asked, CancellationToken cancellation) =>
        asked.WaitAsync(StoragePatience.OfCall, cancellation);
}
