using Azure;
using Azure.Data.Tables;
using Emargement.LocalHost.Orchestration.Replay;

namespace Emargement.LocalHost.Orchestration.State;

/// <summary>An instance as read in one query of its partition.</summary>
/// <param name="History">Of the current execution, in order.</param>
/// <param name="Inbox">Rows of messages with their keys, in order of arrival.</param>
/// <param name="Effects">What the last episode still has to tell others; empty when it has.</param>
/// <param name="Leftovers">Row keys of older executions.</param>
internal sealed record Snapshot(
    OrchestrationInstance Instance,
    IReadOnlyList<HistoryEvent> History,
    IReadOnlyList<(string RowKey, IReadOnlyList<Message> Messages)> Inbox,
    IReadOnlyList<Effect> Effects,
    IReadOnlyList<string> Leftovers);

/// <summary>Reads and writes orchestrations. Every change of an instance is one transaction guarded by the ETag of its row.</summary>
internal sealed class OrchestrationStore(TableServiceClient tables, string tableName, TimeProvider clock)
{
    /// <summary>Rows of messages that one episode takes: its transaction of at most 100 rows also holds the instance, its history and its effects.</summary>
    public const int RowsTakenAtOnce = 60;
    private const int RowsPerTransaction = 100;

    // A row holds 1 MiB.
    private const int BytesPerRow = 700_000;

    private readonly Lazy<Task<TableClient>> _table = new(async () =>
    {
        var table = tables.GetTableClient(tableName);
        await table.CreateIfNotExistsAsync();
        return table;
    });

    private long _sequence = int.MaxValue;

    /// <summary>The name under which this process holds leases.</summary>
    public string Process { get; } = Guid.NewGuid().ToString("N")[..12];

    public Task<TableClient> TableAsync() => _table.Value;

    /// <summary>The instance row alone, or null.</summary>
    public async Task<OrchestrationInstance?> FindAsync(string id, CancellationToken cancellation)
    {
        var table = await _table.Value;
        var row = await table.GetEntityIfExistsAsync<TableEntity>(InstanceKeys.Partition(id), InstanceKeys.Instance, cancellationToken: cancellation);
        return row.HasValue ? OrchestrationInstance.Read(row.Value!) : null;
    }

    public async Task<Snapshot?> LoadAsync(string id, CancellationToken cancellation)
    {
        var table = await _table.Value;
        var partition = InstanceKeys.Partition(id);
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(r => r.PartitionKey == partition, cancellationToken: cancellation))
        {
            rows.Add(row);
        }

        if (rows.Find(r => r.RowKey == InstanceKeys.Instance) is not { } instanceRow)
        {
            return null;
        }

        var instance = OrchestrationInstance.Read(instanceRow);
        var current = InstanceKeys.HistoryOf(instance.Generation);
        var history = rows.Where(r => r.RowKey.StartsWith(InstanceKeys.HistoryPrefix, StringComparison.Ordinal))
            .ToLookup(r => r.RowKey.StartsWith(current, StringComparison.Ordinal));
        return new Snapshot(
            instance,
            [.. history[true].OrderBy(r => r.RowKey, StringComparer.Ordinal).SelectMany(r => ChunkedText.Read<HistoryEvent[]>(r)!)],
            [.. rows.Where(r => r.RowKey.StartsWith(InstanceKeys.MessagePrefix, StringComparison.Ordinal))
                .OrderBy(r => r.RowKey, StringComparer.Ordinal)
                .Select(r => (r.RowKey, (IReadOnlyList<Message>)ChunkedText.Read<Message[]>(r)!))],
            [.. rows.Where(r => r.RowKey == InstanceKeys.Effects).SelectMany(r => ChunkedText.Read<Effect[]>(r)!)],
            [.. history[false].Select(r => r.RowKey)]);
    }

    /// <summary>Inserts a new instance, or replaces one that is over.</summary>
    /// <returns>When it was listed; null when one with this id is not over.</returns>
    public async Task<DateTimeOffset?> StartAsync(OrchestrationInstance instance, CancellationToken cancellation)
    {
        var table = await _table.Value;
        var partition = InstanceKeys.Partition(instance.Id);

        // Listed first: an instance that is not listed would never be found again after a restart.
        var touched = (await Task.WhenAll(ListAsync(table, InstanceKeys.Open, instance.Id, cancellation), ListAsync(table, InstanceKeys.All, instance.Id, cancellation)))[0];
        try
        {
            await table.AddEntityAsync(instance.ToRow(partition, InstanceKeys.Instance), cancellation);
            return touched;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return await FindAsync(instance.Id, cancellation) is { IsOver: true } over && await TryReplaceAsync(table, over, instance, cancellation) ? touched : null;
        }
    }

    /// <summary>Writes an episode: the instance, what it adds to the history, what it owes to others, and the messages it has taken.</summary>
    /// <returns>The tag under which the instance is now; null when another was first.</returns>
    public async Task<ETag?> CommitAsync(
        OrchestrationInstance read,
        OrchestrationInstance changed,
        IReadOnlyList<HistoryEvent> events,
        IReadOnlyList<Effect> effects,
        IReadOnlyList<Message> carried,
        IReadOnlyList<string> taken,
        CancellationToken cancellation)
    {
        var table = await _table.Value;
        var partition = InstanceKeys.Partition(read.Id);
        var actions = new List<TableTransactionAction>
        {
            new(TableTransactionActionType.UpdateReplace, changed.ToRow(partition, InstanceKeys.Instance), read.ETag),
        };
        var part = 0;
        foreach (var some in ChunkedText.Arrays(events, BytesPerRow))
        {
            var row = new TableEntity(partition, InstanceKeys.History(read.Generation, read.Episode, part++));
            ChunkedText.WriteText(row, some);
            actions.Add(new TableTransactionAction(TableTransactionActionType.Add, row));
        }

        if (effects.Count > 0)
        {
            actions.Add(Add(new TableEntity(partition, InstanceKeys.Effects), effects));
        }

        if (carried.Count > 0)
        {
            // Before all that is left of that instant: the generation is smaller than any sequence number.
            var key = InstanceKeys.Message(carried[0].At, changed.Generation, Process);
            actions.Add(Add(new TableEntity(partition, key), carried));
        }

        actions.AddRange(taken.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All)));
        try
        {
            var answers = await table.SubmitTransactionAsync(actions, cancellation);
            return answers.Value[0].Headers.ETag ?? default(ETag);
        }
        catch (TableTransactionFailedException conflict) when (conflict.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    /// <summary>Gives an instance back whose activities this process no longer runs.</summary>
    public async Task ReleaseAsync(string id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is { } instance && instance.LeaseOwner == Process)
        {
            await CommitAsync(instance, instance with { LeaseOwner = null, LeaseUntil = null }, [], [], [], [], cancellation);
        }
    }

    public async Task SendAsync(string id, Message message, CancellationToken cancellation)
    {
        var row = MessageRow(id, message.At);
        ChunkedText.Write(row, new[] { message });
        await (await _table.Value).AddEntityAsync(row, cancellation);
    }

    /// <summary>Tells other processes that something was sent to this instance.</summary>
    /// <returns>When, as the list says it.</returns>
    public async Task<DateTimeOffset> TouchAsync(string id, CancellationToken cancellation) =>
        await ListAsync(await _table.Value, InstanceKeys.Open, id, cancellation);

    public async Task EffectsDoneAsync(string id, CancellationToken cancellation) =>
        await (await _table.Value).DeleteEntityAsync(InstanceKeys.Partition(id), InstanceKeys.Effects, ETag.All, cancellation);

    public async Task CloseAsync(string id, CancellationToken cancellation) =>
        await (await _table.Value).DeleteEntityAsync(InstanceKeys.Open, InstanceKeys.Escape(id), ETag.All, cancellation);

    /// <summary>Removes every trace of an instance.</summary>
    public async Task PurgeAsync(string id, CancellationToken cancellation)
    {
        var table = await _table.Value;
        var partition = InstanceKeys.Partition(id);
        var rows = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(r => r.PartitionKey == partition, select: [nameof(TableEntity.RowKey)], cancellationToken: cancellation))
        {
            rows.Add(row.RowKey);
        }

        await DeleteRowsAsync(id, rows, cancellation);
        await CloseAsync(id, cancellation);
        await table.DeleteEntityAsync(InstanceKeys.All, InstanceKeys.Escape(id), ETag.All, cancellation);
    }

    public async Task DeleteRowsAsync(string id, IEnumerable<string> rowKeys, CancellationToken cancellation)
    {
        var table = await _table.Value;
        var partition = InstanceKeys.Partition(id);
        foreach (var some in rowKeys.Chunk(RowsPerTransaction))
        {
            await table.SubmitTransactionAsync(
                some.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All)), cancellation);
        }
    }

    private static async Task<bool> TryReplaceAsync(TableClient table, OrchestrationInstance over, OrchestrationInstance instance, CancellationToken cancellation)
    {
        var again = instance with { Generation = over.Generation + 1 };
        try
        {
            await table.UpdateEntityAsync(again.ToRow(InstanceKeys.Partition(instance.Id), InstanceKeys.Instance), over.ETag, TableUpdateMode.Replace, cancellation);
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 412)
        {
            return false;
        }
    }

    private async Task<DateTimeOffset> ListAsync(TableClient table, string list, string id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await table.UpsertEntityAsync(new TableEntity(list, InstanceKeys.Escape(id)) { ["Id"] = id, ["TouchedAt"] = now }, TableUpdateMode.Replace, cancellation);
        return now;
    }

    private static TableTransactionAction Add<T>(TableEntity row, T value)
    {
        ChunkedText.Write(row, value);
        return new TableTransactionAction(TableTransactionActionType.Add, row);
    }

    // The sequence keeps the order of messages sent within one tick of the clock.
    private TableEntity MessageRow(string id, DateTime at) =>
        new(InstanceKeys.Partition(id), InstanceKeys.Message(at, Interlocked.Increment(ref _sequence), Process));
}
