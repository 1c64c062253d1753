using Emargement.Journeys.Platform;
using Emargement.LocalHost.Hosting;
using Emargement.LocalHost.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

[assembly: AssemblyFixture(typeof(Server))]

namespace Emargement.Journeys.Platform;

/// <summary>Where a journey goes.</summary>
public interface IServer
{
    Uri Url { get; }

    string OperatorKey { get; }

    /// <summary>Where its mails can be read, or null where they leave for their recipients alone.</summary>
    Mailbox? Mailbox { get; }

    /// <summary>What its log may not hold; null where its log is not heard.</summary>
    Overheard? Log => null;

    /// <summary>The server's time.</summary>
    Task<DateTimeOffset> NowAsync(CancellationToken cancellation);

    /// <summary>Lets a little time pass for what the server does in the background.</summary>
    Task PassAsync(CancellationToken cancellation);
}

public static class Waiting
{
    private const int Turns = 120;

    /// <summary>Waits for what the server does in the background: two minutes of an injected clock, or one of a real one.</summary>
    public static async Task<T> UntilAsync<T>(this IServer server, Func<Task<T?>> probe, string what, CancellationToken cancellation)
        where T : class
    {
        for (var turn = 0; turn < Turns; turn++)
        {
            if (await probe() is { } found)
            {
                return found;
            }

            await server.PassAsync(cancellation);
        }

        throw new TimeoutException($"After a minute there was still no {what}.");
    }

    /// <summary>Slow enough for the calls that one caller may make in a minute.</summary>
    public static Task OnARealClockAsync(CancellationToken cancellation) => Task.Delay(TimeSpan.FromMilliseconds(500), cancellation);
}

/// <summary>The server that journeys travel: that at EMARGEMENT_URL, else LocalHost in this process on a clock that they set.</summary>
/// <remarks>With EMARGEMENT_URL goes its operator's key in EMARGEMENT_OPERATOR_KEY; and, where it has no mailbox page and keeps its mails,
/// the Storage__ConnectionString and Storage__Prefix that it has itself.</remarks>
public sealed class Server : IServer, IAsyncLifetime
{
    private const string LocalOperatorKey = "journeys-operator-key-of-this-run-only-0001";

    private readonly (string Name, string Value)[] _settings = [];
    private readonly bool _showMailbox = true;
    private AzuriteProcess? _storage;
    private LocalHostApp? _app;
    private FakeTimeProvider? _clock;

    public Server()
    {
    }

    private Server(bool showMailbox, (string Name, string Value)[] settings) => (_showMailbox, _settings) = (showMailbox, settings);

    public Uri Url { get; private set; } = null!;

    public string OperatorKey { get; private set; } = LocalOperatorKey;

    public Mailbox? Mailbox { get; private set; }

    public Overheard? Log { get; private set; }

    /// <summary>Another server, for a journey that moves its clock further than the others bear.</summary>
    /// <param name="showMailbox">Whether LocalHost has its mailbox page, which no other host has.</param>
    /// <param name="settings">Of LocalHost; the server at EMARGEMENT_URL has its own.</param>
    public static async Task<Server> StartAsync(bool showMailbox, params (string Name, string Value)[] settings)
    {
        var server = new Server(showMailbox, settings);
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("EMARGEMENT_URL") is { Length: > 0 } url)
        {
            Url = new Uri(url);
            OperatorKey = Environment.GetEnvironmentVariable("EMARGEMENT_OPERATOR_KEY")
                ?? throw new InvalidOperationException("Set EMARGEMENT_OPERATOR_KEY to the operator key of the server at EMARGEMENT_URL.");
            var storage = Environment.GetEnvironmentVariable("Storage__ConnectionString");
            var prefix = Environment.GetEnvironmentVariable("Storage__Prefix");
            Mailbox = await Mailbox.OfAsync(this, storage, prefix, CancellationToken.None);
            return;
        }

        _storage = AzuriteProcess.Start();
        _clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 8, 5, 0, TimeSpan.Zero));
        Log = new Overheard();
        Log.NeverTell(LocalOperatorKey, "operator key");
        _app = await LocalHostApp.StartAsync(new LocalHostOptions
        {
            TimeProvider = _clock,
            ConfigureServices = services => services.AddLogging(logging => logging.AddProvider(Log)),
            ShowMailbox = _showMailbox,
            Settings = new Dictionary<string, string?>
            {
                ["Storage:ConnectionString"] = _storage.ConnectionString,
                ["Access:OperatorKey"] = LocalOperatorKey,
            }.Concat(_settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).ToDictionary(),
        });
        Url = _app.Address;
        Mailbox = await Mailbox.OfAsync(this, _storage.ConnectionString, prefix: null, CancellationToken.None);
    }

    /// <summary>The server's time: of the injected clock, or of the server's own answer.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellation)
    {
        if (_clock is not null)
        {
            return _clock.GetUtcNow();
        }

        using var anyone = new Client(this);
        using var answer = await anyone.AnswerAsync(HttpMethod.Get, "v", null, cancellation);
        return answer.Headers.Date ?? DateTimeOffset.UtcNow;
    }

    public async Task PassAsync(CancellationToken cancellation)
    {
        if (_app is null)
        {
            await Waiting.OnARealClockAsync(cancellation);
            return;
        }

        _clock!.Advance(TimeSpan.FromSeconds(1));
        await _app.WhenIdleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _storage?.Dispose();
        if (Log is { Count.Lines: > 0 })
        {
            Log.Told().ShouldBeEmpty("a log is read by people who need not know who learns here, and opens nothing");
        }
    }
}
