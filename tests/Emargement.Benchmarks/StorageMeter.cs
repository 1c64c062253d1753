using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace Emargement.Benchmarks;

/// <summary>Counts the HTTP calls that this process makes to the tables, whichever client makes them.</summary>
internal sealed partial class StorageMeter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly int _port;
    private long _calls;

    private StorageMeter(int port)
    {
        _port = port;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "System.Net.Http", Name: "http.client.request.duration" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Count(tags));
        _listener.Start();
    }

    public long Calls => Interlocked.Read(ref _calls);

    public static StorageMeter Start(string connectionString) =>
        new(int.Parse(TablePort().Match(connectionString).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));

    public void Dispose() => _listener.Dispose();

    private void Count(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name == "server.port" && value is int port && port == _port)
            {
                Interlocked.Increment(ref _calls);
            }
        }
    }

    [GeneratedRegex("TableEndpoint=http://[^:]+:([0-9]+)/")]
    private static partial Regex TablePort();
}
