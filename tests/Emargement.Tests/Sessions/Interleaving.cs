namespace Emargement.Tests.Sessions;

/// <summary>
/// Lets acts run one storage call at a time, in an order drawn at random: a call waits until every act waits for one or is done, then one
/// of them goes.
/// </summary>
internal sealed class Interleaving(Random random)
{
    // An act may wait for another's call instead of making one: then one that can go is not held back for it.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private int _acts;

    /// <summary>Runs the acts to their end, with <see cref="TurnAsync"/> before each of their storage calls.</summary>
    public async Task RunAsync(IReadOnlyCollection<Func<Task>> acts)
    {
        _acts = acts.Count;
        using var unblock = new Timer(_ => Release(_ => true), null, Patience, Patience);
        await Task.WhenAll(acts.Select(async act =>
        {
            try
            {
                await act();
            }
            finally
            {
                Interlocked.Decrement(ref _acts);
                Release(waiting => waiting >= _acts);
            }
        }));
    }

    public Task TurnAsync()
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add(turn);
        }

        Release(waiting => waiting >= _acts);
        return turn.Task;
    }

    private void Release(Func<int, bool> when)
    {
        lock (_lock)
        {
            if (_waiting.Count > 0 && when(_waiting.Count))
            {
                var next = random.Next(_waiting.Count);
                _waiting[next].SetResult();
                _waiting.RemoveAt(next);
            }
        }
    }
}
