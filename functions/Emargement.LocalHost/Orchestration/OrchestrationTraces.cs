using System.Diagnostics;
using Emargement.LocalHost.Orchestration.State;
using Microsoft.DurableTask.Client;

namespace Emargement.LocalHost.Orchestration;

/// <summary>The spans that Durable writes beside those of the functions: one when a run is scheduled and one of the whole run, once it has ended. Replays write none.</summary>
internal static class OrchestrationTraces
{
    // The name under which the real client writes.
    private static readonly ActivitySource Source = new("Microsoft.DurableTask");

    public static Activity? Scheduling(string name, string instanceId) =>
        Tag(Source.StartActivity($"create_orchestration:{name}", ActivityKind.Producer), name, instanceId);

    /// <param name="ended">As it was stored.</param>
    public static void Ended(OrchestrationInstance ended)
    {
        // Not under what the worker happens to do.
        Activity.Current = null;
        ActivityContext.TryParse(ended.TraceParent, null, isRemote: true, out var parent);
        using var span = Source.StartActivity($"orchestration:{ended.Name}", ActivityKind.Server, parent, startTime: ended.CreatedAt);
        Tag(span, ended.Name, ended.Id)?.SetTag("durabletask.task.status", ended.Status.ToString()).SetEndTime(ended.UpdatedAt.UtcDateTime);
        if (ended.Status == OrchestrationRuntimeStatus.Failed)
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static Activity? Tag(Activity? span, string name, string instanceId) =>
        span?.SetTag("durabletask.type", "orchestration").SetTag("durabletask.task.name", name).SetTag("durabletask.task.instance_id", instanceId);
}
