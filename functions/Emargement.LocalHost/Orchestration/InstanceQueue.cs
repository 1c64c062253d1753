using System.Threading.Channels;
using Emargement.LocalHost.Hosting;

namespace Emargement.LocalHost.Orchestration;

/// <summary>Which instances have something to do: each at most once in the queue and by one worker at a time, now or at an instant.</summary>
internal sealed class InstanceQueue(TimeProvider clock, WorkTracker work)
{
    // The longest a timer of the platform can be set for is a little over 49 days; it is set again when it ends early.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Slot> _slots = [];
    private readonly Dictionary<string, DateTimeOffset> _touched = [];
    private readonly Channel<string> _ready = Channel.CreateUnbounded<string>();

    public ChannelReader<string> Ready => _ready.Reader;

    /// <summary>Something may have changed for this instance.</summary>
    public void Enqueue(string id)
    {
        lock (_gate)
        {
            var slot = SlotOf(id);
            if (slot.Running)
            {
                slot.Again = true;
            }
            else if (!slot.Queued)
            {
                // Refused once the host stops: the next process finds what is open.
                work.Begin();
                slot.Queued = _ready.Writer.TryWrite(id);
                if (!slot.Queued)
                {
                    work.End();
                }
            }
        }
    }

    /// <summary>As above, after this process has written in the list of open instances that something changed at that instant: it need not find that there.</summary>
    public void Enqueue(string id, DateTimeOffset touched)
    {
        lock (_gate)
        {
            _touched[id] = touched;
        }

        Enqueue(id);
    }

    /// <summary>The list of open instances says that something changed at that instant: news, unless it is known.</summary>
    public void Found(string id, DateTimeOffset touched)
    {
        bool known;
        lock (_gate)
        {
            known = _touched.TryGetValue(id, out var before) && before == touched;
        }

        if (!known)
        {
            Enqueue(id, touched);
        }
    }

    /// <summary>Looks at the instance again at that instant, unless an earlier one is set.</summary>
    public void WakeAt(string id, DateTimeOffset at)
    {
        lock (_gate)
        {
            var slot = SlotOf(id);
            if (slot.WakeAt <= at)
            {
                return;
            }

            slot.Wake?.Dispose();
            slot.WakeAt = at;
            var wait = at - clock.GetUtcNow();
            slot.Wake = clock.CreateTimer(
                _ => Wake(id), null, wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait, Timeout.InfiniteTimeSpan);
        }
    }

    public void Begin(string id)
    {
        lock (_gate)
        {
            var slot = SlotOf(id);
            slot.Queued = false;
            slot.Running = true;
        }
    }

    /// <param name="id">The instance whose turn ends.</param>
    /// <param name="forget">It is over: nothing is kept of it but those who wait for a change.</param>
    public void End(string id, bool forget)
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            var slot = SlotOf(id);
            slot.Running = false;
            (changed, slot.Changed) = (slot.Changed, null);
            if (slot.Again)
            {
                slot.Again = false;
                Enqueue(id);
            }
            else if (forget)
            {
                slot.Wake?.Dispose();
                _slots.Remove(id);
                _touched.Remove(id);
            }
        }

        changed?.TrySetResult();
        work.End();
    }

    /// <summary>Ends when a worker of this process next ends a turn of the instance.</summary>
    public Task NextChange(string id)
    {
        lock (_gate)
        {
            return (SlotOf(id).Changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Close()
    {
        _ready.Writer.TryComplete();
        lock (_gate)
        {
            foreach (var slot in _slots.Values)
            {
                slot.Wake?.Dispose();
            }
        }
    }

    private void Wake(string id)
    {
        lock (_gate)
        {
            SlotOf(id).WakeAt = DateTimeOffset.MaxValue;
        }

        Enqueue(id);
    }

    private Slot SlotOf(string id)
    {
        if (!_slots.TryGetValue(id, out var slot))
        {
            _slots[id] = slot = new Slot();
        }

        return slot;
    }

    private sealed class Slot
    {
        public bool Queued { get; set; }

        public bool Running { get; set; }

        public bool Again { get; set; }

        public DateTimeOffset WakeAt { get; set; } = DateTimeOffset.MaxValue;

        public ITimer? Wake { get; set; }

        public TaskCompletionSource? Changed { get; set; }
    }
}
