namespace Emargement.LocalHost.Orchestration.Replay;

/// <summary>
/// External events of one run, by name whatever its case. As in the real context the latest waiter is served first, and a waiter that was
/// cancelled keeps its place: an event that reaches it is gone. Events that nobody waits for are kept in order.
/// </summary>
internal sealed class EventWaiters
{
    private readonly Dictionary<string, Stack<Waiter>> _waiting = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<EventRaised> _kept = [];

    /// <summary>Events not taken by anyone, oldest first.</summary>
    public IReadOnlyList<EventRaised> Kept => _kept;

    public bool Any => _waiting.Values.Any(s => s.Any(w => !w.IsDone()));

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellation)
    {
        var source = new TaskCompletionSource<T>();
        if (!_waiting.TryGetValue(name, out var stack))
        {
            _waiting[name] = stack = new();
        }
        else if (stack.TryPeek(out var top) && top.Type != typeof(T))
        {
            throw new ArgumentException($"Events with the same name must have the same type: {name} is waited for as {top.Type} and as {typeof(T)}.", nameof(name));
        }

        stack.Push(new Waiter(typeof(T), text => Outcome.Give(source, text), () => source.Task.IsCompleted));
        var kept = _kept.FindIndex(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));
        if (kept >= 0)
        {
            var early = _kept[kept];
            _kept.RemoveAt(kept);
            Raise(early);
        }

        cancellation.Register(() => source.TrySetCanceled(cancellation));
        return source.Task;
    }

    public void Raise(EventRaised raised)
    {
        if (_waiting.TryGetValue(raised.Name, out var stack) && stack.TryPop(out var waiter))
        {
            waiter.Complete(raised.Input);
        }
        else
        {
            _kept.Add(raised);
        }
    }

    private sealed record Waiter(Type Type, Action<string?> Complete, Func<bool> IsDone);
}
