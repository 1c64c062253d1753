using System.Diagnostics;
using System.Text.RegularExpressions;
using Emargement.LocalHost.Hosting;
using Emargement.LocalHost.Storage;

namespace Emargement.Benchmarks.Acts;

/// <summary>The app that acts are measured on: LocalHost as a process of its own with its own emulator, or a server elsewhere.</summary>
/// <remarks>A server elsewhere takes this many calls from one machine only with Access__RateFactor at 1000000. Its operator's key is in
/// EMARGEMENT_OPERATOR_KEY; with its Storage__ConnectionString the bare client runs on its tables.</remarks>
internal sealed partial class ActServer : IDisposable
{
    private const string Announces = "Emargement listens at ";

    private readonly AzuriteProcess? _storage;
    private Process? _app;
    private long _calls;

    private ActServer(Uri? url)
    {
        Url = url!;
        if (url is null)
        {
            OperatorKey = "operator-key-of-the-benchmark-0123456789";
            _storage = AzuriteProcess.Start(accessLog: Count);
            Storage = _storage.ConnectionString;
        }
        else
        {
            Storage = Environment.GetEnvironmentVariable("Storage__ConnectionString");
            OperatorKey = Environment.GetEnvironmentVariable("EMARGEMENT_OPERATOR_KEY")
                ?? throw new InvalidOperationException("Set EMARGEMENT_OPERATOR_KEY to the operator key of the server at --url.");
        }
    }

    public Uri Url { get; private set; }

    public string OperatorKey { get; }

    /// <summary>Connection string of the app's storage; null where it is not known.</summary>
    public string? Storage { get; }

    /// <summary>Whether calls and processor time can be seen.</summary>
    public bool IsOurs => _storage is not null;

    public static async Task<ActServer> StartAsync(Uri? url)
    {
        var server = new ActServer(url);
        if (server._storage is { } storage)
        {
            await server.LaunchAsync(storage);
        }

        return server;
    }

    /// <summary>What was used up to now: calls to the app's tables, and processor time of the app and of the storage.</summary>
    public Usage Read()
    {
        if (_storage is null)
        {
            return new Usage(0, TimeSpan.Zero, TimeSpan.Zero);
        }

        _app!.Refresh();
        using var storage = Process.GetProcessById(_storage.ProcessId);
        return new Usage(Interlocked.Read(ref _calls), _app.TotalProcessorTime, storage.TotalProcessorTime);
    }

    /// <summary>Megabytes of the app's process, now and at most since it started.</summary>
    public (double Now, double Most) Memory()
    {
        const double Megabyte = 1024 * 1024;
        _app!.Refresh();
        return (_app.WorkingSet64 / Megabyte, _app.PeakWorkingSet64 / Megabyte);
    }

    public void Dispose()
    {
        _app?.Kill(entireProcessTree: true);
        _app?.Dispose();
        _storage?.Dispose();
    }

    private async Task LaunchAsync(AzuriteProcess storage)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(LocalHostApp).Assembly.Location);
        start.ArgumentList.Add("--url");
        start.ArgumentList.Add("http://127.0.0.1:0");
        start.Environment["Storage__ConnectionString"] = storage.ConnectionString;
        start.Environment["Access__OperatorKey"] = OperatorKey;

        // One machine stands for a whole Région here.
        start.Environment["Access__RateFactor"] = "1000000";
        _app = Process.Start(start) ?? throw new InvalidOperationException("The .NET host did not start.");
        while (await _app.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Announces, StringComparison.Ordinal))
            {
                Url = new Uri(line[Announces.Length..]);
                _ = _app.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException("LocalHost ended before it listened.");
    }

    private void Count(string line)
    {
        if (TableCall().IsMatch(line))
        {
            Interlocked.Increment(ref _calls);
        }
    }

    /// <summary>A call to a table of the app's: tables of the Durable engine begin with its hub's name, blobs and queues are in small
    /// letters.</summary>
    [GeneratedRegex("\"[A-Z]+ /devstoreaccount1/([$]batch|(?!Emargement|Tables)[A-Z])")]
    private static partial Regex TableCall();
}

/// <param name="Calls">To the app's tables.</param>
/// <param name="App">Processor time of the app's process.</param>
/// <param name="Storage">Processor time of the emulator.</param>
internal readonly record struct Usage(long Calls, TimeSpan App, TimeSpan Storage);
