using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using Emargement.LocalHost.Hosting;
using Newtonsoft.Json.Linq;

namespace Emargement.LocalHost.Orchestration;

/// <summary>Timers of orchestrations that wait for the clock, and are sent in the order of their instants when it reaches them.</summary>
internal sealed class WaitingTimers(TaskHub hub, IdleWatch idle, WorkTracker work, TimeProvider clock) : IDisposable
{
    // The longest that a clock's timer can be set for is a little over 49 days; it is set again when it ends early.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly PriorityQueue<TaskMessage, DateTime> _waiting = new();
    private ITimer? _alarm;
    private bool _stopped;

    public void Keep(TaskMessage message, TimerFiredEvent timer)
    {
        lock (_gate)
        {
            _waiting.Enqueue(message, timer.FireAt);
            SetAlarm();
        }
    }

    /// <summary>Finds what another host left: timers in the history of running instances that have not fired.</summary>
    public async Task TakeOverAsync()
    {
        var query = new OrchestrationQuery { RuntimeStatus = [OrchestrationStatus.Running, OrchestrationStatus.Suspended] };
        do
        {
            var page = await hub.Engine.GetOrchestrationWithQueryAsync(query, CancellationToken.None);
            foreach (var instance in page.OrchestrationState.Select(s => s.OrchestrationInstance))
            {
                foreach (var timer in OpenTimers(await hub.Client.GetOrchestrationHistoryAsync(instance.InstanceId, instance.ExecutionId)))
                {
                    Keep(new TaskMessage { OrchestrationInstance = instance, Event = timer }, timer);
                }
            }

            query.ContinuationToken = page.ContinuationToken;
        }
        while (query.ContinuationToken is not null);
    }

    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _alarm?.Dispose();
        }
    }

    public void Dispose() => _sending.Dispose();

    private static IEnumerable<TimerFiredEvent> OpenTimers(string history)
    {
        var events = JArray.Parse(history);
        var fired = events.Select(e => (int?)e[nameof(TimerFiredEvent.TimerId)]).OfType<int>().ToHashSet();
        return events
            .Where(e => (EventType)(int)e[nameof(HistoryEvent.EventType)]! == EventType.TimerCreated)
            .Select(e => (Id: (int)e[nameof(HistoryEvent.EventId)]!, FireAt: (DateTime)e[nameof(TimerCreatedEvent.FireAt)]!))
            .Where(created => !fired.Contains(created.Id))
            .Select(created => new TimerFiredEvent(-1, created.FireAt) { TimerId = created.Id });
    }

    // Under the gate.
    private void SetAlarm()
    {
        _alarm?.Dispose();
        if (_stopped || !_waiting.TryPeek(out _, out var first))
        {
            return;
        }

        var wait = first - clock.GetUtcNow().UtcDateTime;
        var due = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
        _alarm = clock.CreateTimer(_ => Ring(), null, due, Timeout.InfiniteTimeSpan);
    }

    // Counted as work from the moment that the clock moves.
    private void Ring()
    {
        idle.Moved();
        work.Run(SendDueAsync);
    }

    private async Task SendDueAsync()
    {
        await _sending.WaitAsync();
        try
        {
            while (TakeDue() is { } message)
            {
                // What is due by the test's clock is due by the queue's, too.
                ((TimerFiredEvent)message.Event).FireAt = DateTime.UtcNow;
                await hub.Client.SendTaskOrchestrationMessageAsync(message);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    private TaskMessage? TakeDue()
    {
        lock (_gate)
        {
            if (_waiting.TryPeek(out var message, out var at) && at <= clock.GetUtcNow().UtcDateTime && !_stopped)
            {
                return _waiting.Dequeue();
            }

            SetAlarm();
            return null;
        }
    }
}
