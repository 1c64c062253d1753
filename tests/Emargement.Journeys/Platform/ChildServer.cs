using System.Diagnostics;
using Emargement.LocalHost.Storage;

namespace Emargement.Journeys.Platform;

/// <summary>LocalHost as a process of its own on storage that outlives it, to be killed and started again.</summary>
public sealed class ChildServer : IServer, IAsyncDisposable
{
    private const string Announces = "Emargement listens at ";

    private readonly AzuriteProcess _storage = AzuriteProcess.Start();
    private readonly (string Name, string Value)[] _settings;
    private Process? _process;

    /// <param name="settings">Environment variables of the process, beside those of its storage and its operator.</param>
    public ChildServer(params (string Name, string Value)[] settings) => _settings = settings;

    public Uri Url { get; private set; } = null!;

    public string OperatorKey => "child-server-operator-key-of-this-run-only-01";

    public Mailbox? Mailbox { get; private set; }

    public Task<DateTimeOffset> NowAsync(CancellationToken cancellation) => Task.FromResult(TimeProvider.System.GetUtcNow());

    public Task PassAsync(CancellationToken cancellation) => Waiting.OnARealClockAsync(cancellation);

    /// <summary>Starts the process; the second time at the address of the first.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(LocalHost.Hosting.LocalHostApp).Assembly.Location);
        start.ArgumentList.Add("--url");
        start.ArgumentList.Add(Url?.ToString() ?? "http://127.0.0.1:0");
        start.Environment["Storage__ConnectionString"] = _storage.ConnectionString;
        start.Environment["Access__OperatorKey"] = OperatorKey;
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("The .NET host did not start.");
        while (await _process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith(Announces, StringComparison.Ordinal))
            {
                Url = new Uri(line[Announces.Length..]);
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                Mailbox = await Mailbox.OfAsync(this, _storage.ConnectionString, prefix: null, cancellation);
                return;
            }
        }

        throw new InvalidOperationException("LocalHost ended before it listened.");
    }

    /// <summary>Ends the process as a machine's failure does: no signal that it could answer.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        _storage.Dispose();
    }
}
