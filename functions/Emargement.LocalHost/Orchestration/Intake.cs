using Emargement.LocalHost.Orchestration.Replay;
using Emargement.LocalHost.Orchestration.State;
using Microsoft.DurableTask.Client;

namespace Emargement.LocalHost.Orchestration;

/// <summary>What a step of an instance takes in, decided from what was read and the time alone.</summary>
/// <param name="Status">Running, Suspended, or Terminated when a client said so.</param>
/// <param name="Arrived">For the orchestrator, in the order of their instants; at the same instant a message comes before a timer.</param>
/// <param name="Taken">Row keys of the messages that this step uses up.</param>
internal sealed record Intake(
    OrchestrationRuntimeStatus Status,
    IReadOnlyList<HistoryEvent> Arrived,
    IReadOnlyList<string> Taken,
    Terminated? Termination,
    bool HasStrayed)
{
    public static Intake Of(Snapshot snapshot, DateTime now)
    {
        var instance = snapshot.Instance;
        var rows = snapshot.Inbox
            .Where(r => instance.Status != OrchestrationRuntimeStatus.Suspended || r.Messages.Any(m => m.Event is Resumed or Terminated or Suspended or Strayed))
            .Take(OrchestrationStore.RowsTakenAtOnce)
            .ToList();
        var current = rows.Where(r => r.Messages.Any(m => m.ExecutionId is null || m.ExecutionId == instance.ExecutionId)).ToList();
        var controls = current.SelectMany(r => r.Messages).Select(m => m.Event).ToList();
        var status = StatusAfter(instance.Status, controls);
        var stays = status == OrchestrationRuntimeStatus.Suspended
            ? current.Where(r => r.Messages.Any(m => m.Event is not (Suspended or Resumed))).Select(r => r.RowKey).ToHashSet()
            : [];
        return new Intake(
            status,
            status == OrchestrationRuntimeStatus.Suspended || instance.Status == OrchestrationRuntimeStatus.Suspended ? [] : Arrivals(snapshot, current.SelectMany(r => r.Messages), now),
            [.. rows.Select(r => r.RowKey).Where(k => !stays.Contains(k))],
            controls.OfType<Terminated>().FirstOrDefault(),
            controls.OfType<Strayed>().Any());
    }

    private static OrchestrationRuntimeStatus StatusAfter(OrchestrationRuntimeStatus before, IEnumerable<HistoryEvent> controls)
    {
        var status = before;
        foreach (var control in controls)
        {
            status = control switch
            {
                Terminated => OrchestrationRuntimeStatus.Terminated,
                Suspended when status != OrchestrationRuntimeStatus.Terminated => OrchestrationRuntimeStatus.Suspended,
                Resumed when status == OrchestrationRuntimeStatus.Suspended => OrchestrationRuntimeStatus.Running,
                _ => status,
            };
        }

        return status;
    }

    private static List<HistoryEvent> Arrivals(Snapshot snapshot, IEnumerable<Message> messages, DateTime now)
    {
        var seen = snapshot.History.OfType<EventRaised>().Select(e => e.From).ToHashSet();
        var fired = snapshot.History.OfType<TimerFired>().Select(f => f.Id).ToHashSet();
        var sent = messages
            .Where(m => m.Event is TaskCompleted or TaskFailed or EventRaised && seen.Add(m.Id))
            .Select(m => (m.At, Timer: false, m.Event));
        var due = snapshot.History.OfType<TimerAsked>()
            .Where(t => t.FireAt <= now && !fired.Contains(t.Id))
            .Select(t => (At: t.FireAt, Timer: true, Event: (HistoryEvent)new TimerFired(t.Id, t.FireAt)));
        return [.. sent.Concat(due).OrderBy(a => a.At).ThenBy(a => a.Timer).Select(a => a.Event)];
    }
}
