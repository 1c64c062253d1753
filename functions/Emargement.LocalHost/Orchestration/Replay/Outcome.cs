using System.Text.Json;

namespace Emargement.LocalHost.Orchestration.Replay;

/// <summary>A result that arrived as JSON, given to the task that waits for it.</summary>
internal static class Outcome
{
    /// <summary>Text that is not of the awaited type fails the task, and so the orchestrator, where it is awaited.</summary>
    public static void Give<T>(TaskCompletionSource<T> task, string? json)
    {
        try
        {
            task.TrySetResult(JsonData.Instance.Deserialize<T>(json)!);
        }
        catch (JsonException mismatch)
        {
            task.TrySetException(mismatch);
        }
    }
}
