namespace Emargement.LocalHost.Hosting;

/// <summary>Counts what the host has under way besides HTTP requests, so that a test can wait until there is nothing.</summary>
internal sealed class WorkTracker
{
    private readonly Lock _gate = new();
    private int _underWay;
    private TaskCompletionSource? _idle;

    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _underWay == 0;
            }
        }
    }

    public void Begin()
    {
        lock (_gate)
        {
            _underWay++;
        }
    }

    public void End()
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (--_underWay == 0)
            {
                (idle, _idle) = (_idle, null);
            }
        }

        idle?.TrySetResult();
    }

    /// <summary>Runs in the background, counted from now until its end.</summary>
    public void Run(Func<Task> work)
    {
        Begin();
        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                End();
            }
        });
    }

    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            return _underWay == 0
                ? Task.CompletedTask
                : (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
