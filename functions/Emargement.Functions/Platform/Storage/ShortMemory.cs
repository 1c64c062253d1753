using System.Collections.Concurrent;

namespace Emargement.Functions.Platform.Storage;

/// <summary>Keeps what was read for half a minute in this process: what a change made elsewhere takes at most to be seen here. Those who
/// ask for the same at once wait for one reading of it.</summary>
internal sealed class ShortMemory<TKey, TValue>(TimeProvider time)
    where TKey : notnull
    where TValue : class
{
    private const int MaxEntries = 50_000;

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<TKey, (TValue Value, DateTimeOffset Until)> _entries = new();
    private readonly ConcurrentDictionary<TKey, Flight> _flights = new();

    public TValue? Find(TKey key) => _entries.TryGetValue(key, out var entry) && entry.Until > time.GetUtcNow() ? entry.Value : null;

    public void Keep(TKey key, TValue value)
    {
        // All of it is cheap to read again; a process that has seen this many people starts afresh.
        if (_entries.Count >= MaxEntries)
        {
            _entries.Clear();
        }

        _entries[key] = (value, time.GetUtcNow() + Kept);
    }

    /// <summary>What is kept, else what is read now, which is kept from then on.</summary>
    /// <param name="read">Reads it; runs once for all who ask meanwhile, so that none of them may call it off.</param>
    /// <param name="worth">Whether what was read is to be kept; by default whatever there is.</param>
    public async Task<TValue?> ReadAsync(
        TKey key, Func<CancellationToken, Task<TValue?>> read, CancellationToken cancellation, Func<TValue, bool>? worth = null)
    {
        if (Find(key) is { } known)
        {
            return known;
        }

        var flight = _flights.GetOrAdd(key, _ => new Flight());
        return await flight.Start(() => FlyAsync(key, flight, read, worth)).WaitAsync(cancellation);
    }

    /// <summary>What is read at this moment is not kept either: it may be from before.</summary>
    public void Forget(TKey key)
    {
        _flights.TryRemove(key, out _);
        _entries.TryRemove(key, out _);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _flights.Clear();
        _entries.Clear();
    }

    private async Task<TValue?> FlyAsync(
        TKey key, Flight flight, Func<CancellationToken, Task<TValue?>> read, Func<TValue, bool>? worth)
    {
        try
        {
            var value = await read(CancellationToken.None);
            if (value is not null && worth?.Invoke(value) != false
                && _flights.TryGetValue(key, out var now) && ReferenceEquals(now, flight))
            {
                Keep(key, value);
            }

            return value;
        }
        finally
        {
            _flights.TryRemove(new KeyValuePair<TKey, Flight>(key, flight));
        }
    }

    /// <summary>One reading, by whoever came first.</summary>
    private sealed class Flight
    {
        private readonly Lock _start = new();
        private Task<TValue?>? _reading;

        public Task<TValue?> Start(Func<Task<TValue?>> read)
        {
            lock (_start)
            {
                return _reading ??= read();
            }
        }
    }
}
