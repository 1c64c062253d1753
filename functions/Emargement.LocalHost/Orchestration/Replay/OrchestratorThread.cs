namespace Emargement.LocalHost.Orchestration.Replay;

/// <summary>
/// Runs an orchestrator's continuations one after another on the calling thread. A continuation that arrives from another thread means that the
/// orchestrator awaited something that is not durable: <paramref name="strayed"/> is called, even when that happens after the run.
/// </summary>
internal sealed class OrchestratorThread(Action strayed) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Call, object? State)> _queue = [];
    private int? _thread;

    public bool Strayed { get; private set; }

    public bool IsCurrent => Current == this && _thread == Environment.CurrentManagedThreadId;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (_thread == Environment.CurrentManagedThreadId)
        {
            _queue.Enqueue((d, state));
            return;
        }

        Strayed = true;
        strayed();
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("An orchestrator never blocks.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs the action on this thread as the orchestrator's own.</summary>
    public void Enter(Action run)
    {
        var before = Current;
        SetSynchronizationContext(this);
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            run();
        }
        finally
        {
            _thread = null;
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs what is ready until nothing is.</summary>
    public void Drain()
    {
        while (_queue.TryDequeue(out var next))
        {
            next.Call(next.State);
        }
    }
}
