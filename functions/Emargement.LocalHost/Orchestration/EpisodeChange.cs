using Emargement.LocalHost.Orchestration.Replay;
using Emargement.LocalHost.Orchestration.State;
using Microsoft.DurableTask.Client;

namespace Emargement.LocalHost.Orchestration;

/// <summary>What a step writes, decided from what it read and what the orchestrator came to.</summary>
/// <param name="Unattended">Activities that an execution asked for just before it continued as new or ended: run, their outcome lost.</param>
internal sealed record EpisodeChange(
    OrchestrationInstance Instance,
    IReadOnlyList<HistoryEvent> Events,
    IReadOnlyList<Effect> Effects,
    IReadOnlyList<Message> Carried,
    IReadOnlyList<ActivityAsked> Unattended)
{
    public static EpisodeChange Of(
        Snapshot snapshot, Intake intake, IReadOnlyList<HistoryEvent> arrived, EpisodeResult? run, DateTimeOffset now, string process, TimeSpan lease)
    {
        var before = snapshot.Instance with { UpdatedAt = now };
        if (intake.Termination is { } termination)
        {
            var terminated = before with { Status = OrchestrationRuntimeStatus.Terminated, Output = termination.Output, LeaseOwner = null, LeaseUntil = null };
            return new EpisodeChange(terminated, [], [.. Ended(terminated, now), .. Children(snapshot, termination, now)], [], []);
        }

        if (run is null)
        {
            return new EpisodeChange(before with { Status = intake.Status }, [], [], [], []);
        }

        var effects = run.Asked.Select(a => ToEffect(a, before, now)).OfType<Effect>();
        var after = before with { CustomStatus = run.CustomStatus, LeaseOwner = null, LeaseUntil = null };
        switch (run.Status)
        {
            case OrchestrationRuntimeStatus.Running when run.Carried is not null:
                after = after with
                {
                    Status = OrchestrationRuntimeStatus.Running,
                    ExecutionId = Guid.NewGuid().ToString("N"),
                    Generation = before.Generation + 1,
                    Episode = 0,
                    Input = run.Output,
                };
                var carried = run.Carried.Select(e => new Message(e.From, e.At, null, e));
                return new EpisodeChange(after, [], [.. effects], [.. carried], [.. run.Asked.OfType<ActivityAsked>()]);
            case OrchestrationRuntimeStatus.Running:
                IReadOnlyList<HistoryEvent> events = [.. arrived, .. run.Asked];
                var leased = OpenActivities([.. snapshot.History, .. events]).Count > 0;
                after = after with
                {
                    Status = OrchestrationRuntimeStatus.Running,
                    Episode = before.Episode + 1,
                    LeaseOwner = leased ? process : null,
                    LeaseUntil = leased ? now + lease : null,
                };
                return new EpisodeChange(after, events, [.. effects], [], []);
            default:
                after = after with { Status = run.Status, Episode = before.Episode + 1, Output = run.Output, Failure = run.Failure };
                return new EpisodeChange(
                    after, [.. arrived, .. run.Asked], [.. effects, .. Ended(after, now)], [], [.. run.Asked.OfType<ActivityAsked>()]);
        }
    }

    /// <summary>Activities asked for that have no outcome yet.</summary>
    public static IReadOnlyList<ActivityAsked> OpenActivities(IReadOnlyList<HistoryEvent> history)
    {
        var done = Done(history);
        return [.. history.OfType<ActivityAsked>().Where(a => !done.Contains(a.Id))];
    }

    private static HashSet<int> Done(IReadOnlyList<HistoryEvent> history) =>
        [.. history.OfType<TaskCompleted>().Select(c => c.Id), .. history.OfType<TaskFailed>().Select(f => f.Id)];

    private static Effect? ToEffect(Asked asked, OrchestrationInstance instance, DateTimeOffset now) => asked switch
    {
        ChildAsked child => new StartChild(
            child.InstanceId, child.Name, child.Input, new ParentTask(instance.Id, instance.Name, instance.ExecutionId, child.Id), instance.TraceParent),
        SendAsked send => Event(send, instance, now),
        _ => null,
    };

    private static SendMessage Event(SendAsked send, OrchestrationInstance instance, DateTimeOffset now)
    {
        var id = $"send|{instance.ExecutionId}|{send.Id}";
        return new SendMessage(send.InstanceId, new Message(id, now.UtcDateTime, null, new EventRaised(send.Name, send.Input, id, now.UtcDateTime)));
    }

    private static IEnumerable<Effect> Ended(OrchestrationInstance ended, DateTimeOffset now)
    {
        if (ended.Parent is { } parent)
        {
            HistoryEvent outcome = ended.Status == OrchestrationRuntimeStatus.Completed
                ? new TaskCompleted(parent.TaskId, ended.Output)
                : new TaskFailed(parent.TaskId, ended.Failure ?? new Failure("Microsoft.DurableTask.TaskFailedException", "The orchestration was terminated.", null, null));
            yield return new SendMessage(
                parent.InstanceId, new Message($"task|{parent.ExecutionId}|{parent.TaskId}", now.UtcDateTime, parent.ExecutionId, outcome));
        }
    }

    private static IEnumerable<Effect> Children(Snapshot snapshot, Terminated termination, DateTimeOffset now)
    {
        var done = Done(snapshot.History);
        return snapshot.History.OfType<ChildAsked>()
            .Where(c => termination.Recursive && !done.Contains(c.Id))
            .Select(c => new SendMessage(c.InstanceId, new Message($"end|{c.InstanceId}|{snapshot.Instance.ExecutionId}", now.UtcDateTime, null, termination)));
    }
}
