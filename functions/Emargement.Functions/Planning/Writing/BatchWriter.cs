using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Writing;

/// <summary>Writes many values of one table: batches of one transaction each, a few at a time. A batch that another writer disturbed is
/// taken apart, and each of its values is read again and decided again.</summary>
/// <param name="batchSize">Values of one transaction at most.</param>
public sealed class BatchWriter<T>(int batchSize)
{
    /// <summary>Transactions under way at once: enough to hide the network's delay, few enough to leave the storage to those who
    /// sign.</summary>
    public const int Parallelism = 4;

    private const int Attempts = 5;

    /// <summary>Inserts and replaces up to <c>batchSize</c> values, all or none.</summary>
    public required Func<IEnumerable<T>, IEnumerable<Replacement<T>>, CancellationToken, Task<bool>> TryWrite { get; init; }

    /// <summary>The stored value at the same key.</summary>
    public required Func<T, CancellationToken, Task<Stored<T>?>> Find { get; init; }

    /// <summary>What a stored value becomes when the import asks for another; equal to the stored one when nothing changes.</summary>
    public required Func<T, T, T> Merge { get; init; }

    public required Func<T, T, bool> Same { get; init; }

    public Task WriteAsync(IEnumerable<T> inserts, IEnumerable<Replacement<T>> replacements, CancellationToken cancellation)
    {
        var writes = inserts.Select(v => (Read: (Stored<T>?)null, Value: v))
            .Concat(replacements.Select(r => (Read: (Stored<T>?)r.Read, Value: r.Changed)));
        return Parallel.ForEachAsync(
            writes.Chunk(batchSize),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
            async (batch, token) =>
            {
                var written = await TryWrite(
                    batch.Where(w => w.Read is null).Select(w => w.Value),
                    batch.Where(w => w.Read is not null).Select(w => new Replacement<T>(w.Read!, w.Value)),
                    token);
                if (!written)
                {
                    foreach (var (_, value) in batch)
                    {
                        await WriteOneAsync(value, token);
                    }
                }
            });
    }

    private async Task WriteOneAsync(T value, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var stored = await Find(value, cancellation);
            if (stored is null)
            {
                if (await TryWrite([value], [], cancellation))
                {
                    return;
                }

                continue;
            }

            var merged = Merge(stored.Value, value);
            if (Same(stored.Value, merged) || await TryWrite([], [new Replacement<T>(stored, merged)], cancellation))
            {
                return;
            }
        }

        throw new InvalidOperationException($"A {typeof(T).Name} kept changing while it was imported.");
    }
}
