using System.Collections.Concurrent;

namespace Emargement.Functions.Platform.Storage;

/// <summary>Keeps what was read for half a minute in this process: what a change made elsewhere takes at most to be seen here.</summary>
internal sealed class ShortMemory<TKey, TValue>(TimeProvider time)
    where TKey : notnull
    where TValue : class
{
    private const int MaxEntries = 50_000;

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<TKey, (TValue Value, DateTimeOffset Until)> _entries = new();

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

    public void Forget(TKey key) => _entries.TryRemove(key, out _);
}
