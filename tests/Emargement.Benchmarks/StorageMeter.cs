using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Emargement.Benchmarks;

/// <summary>Calls to the app's own tables, and to those and the queues that the Durable engine keeps in the same storage.</summary>
internal sealed record StorageCalls(long Tables, long EngineTables, long EngineQueues);

/// <summary>Counts the HTTP calls that this process makes to tables and queues, whichever client makes them.</summary>
internal sealed partial class StorageMeter : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly int _tablePort;
    private readonly int _queuePort;
    private long _tables;
    private long _engineTables;
    private long _engineQueues;

    private StorageMeter(int tablePort, int queuePort)
    {
        (_tablePort, _queuePort) = (tablePort, queuePort);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = call => Count(call.GetTagItem("url.full") as string, call.GetTagItem("http.request.method") as string),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public StorageCalls Calls => new(_tables, _engineTables, _engineQueues);

    public static StorageMeter Start(string connectionString) =>
        new(PortOf(connectionString, "TableEndpoint"), PortOf(connectionString, "QueueEndpoint"));

    public void Dispose() => _listener.Dispose();

    private void Count(string? address, string? method)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            return;
        }

        if (uri.Port == _queuePort)
        {
            Interlocked.Increment(ref _engineQueues);
        }
        else if (uri.Port == _tablePort && EngineTable().IsMatch(uri.AbsolutePath))
        {
            Interlocked.Increment(ref _engineTables);

            // With its row of an instance it writes the history, in a transaction whose address names no table.
            if (method == "PATCH")
            {
                Interlocked.Increment(ref _engineTables);
                Interlocked.Decrement(ref _tables);
            }
        }
        else if (uri.Port == _tablePort)
        {
            Interlocked.Increment(ref _tables);
        }
    }

    private static int PortOf(string connectionString, string endpoint) => int.Parse(
        Regex.Match(connectionString, $"{endpoint}=http://[^:]+:([0-9]+)/").Groups[1].Value, CultureInfo.InvariantCulture);

    // Its hub is named as the app; the app's own tables are named by what they hold.
    [GeneratedRegex("/Emargement(Instances|History|Partitions)")]
    private static partial Regex EngineTable();
}
