namespace Emargement.Functions.Platform.Gates;

/// <summary>One at a time for each key, in this process, in the order of asking. Nothing rests on it: it spares work that would be done in
/// vain.</summary>
internal sealed class Turns<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Queue> _queues = [];

    /// <summary>Waits for one's turn, which lasts until the answer is disposed of.</summary>
    public async Task<IDisposable> TakeAsync(TKey key, CancellationToken cancellation)
    {
        Queue? queue;
        lock (_queues)
        {
            if (!_queues.TryGetValue(key, out queue))
            {
                queue = _queues[key] = new Queue();
            }

            queue.People++;
        }

        try
        {
            await queue.Turn.WaitAsync(cancellation);
        }
        catch
        {
            Leave(key, queue);
            throw;
        }

        return new Held(this, key, queue);
    }

    private void Leave(TKey key, Queue queue)
    {
        lock (_queues)
        {
            if (--queue.People == 0)
            {
                _queues.Remove(key);
            }
        }
    }

    private sealed class Queue
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int People { get; set; }
    }

    private sealed class Held(Turns<TKey> turns, TKey key, Queue queue) : IDisposable
    {
        public void Dispose()
        {
            queue.Turn.Release();
            turns.Leave(key, queue);
        }
    }
}
