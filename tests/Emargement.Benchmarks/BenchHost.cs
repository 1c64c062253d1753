using System.Diagnostics;
using System.Net.Http.Json;
using Azure.Data.Tables;
using Emargement.Functions.Platform.Storage;
using Emargement.LocalHost.Hosting;
using Emargement.LocalHost.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Benchmarks;

/// <summary>
/// The storage emulator, in memory, and the whole app before it on a loopback port; bare clients go to the same emulator.
/// </summary>
internal sealed class BenchHost : IAsyncDisposable
{
    /// <summary>Requests under way at once, for the app and for the bare client alike.</summary>
    public const int Concurrency = 16;

    private const string OperatorKey = "operator-key-of-the-benchmark-0123456789";

    private readonly AzuriteProcess _azurite;
    private readonly LocalHostApp _app;

    private BenchHost(AzuriteProcess azurite, LocalHostApp app)
    {
        (_azurite, _app) = (azurite, app);
        Http = new HttpClient(
            new SocketsHttpHandler { MaxConnectionsPerServer = Concurrency, UseCookies = false })
        { BaseAddress = app.Address };
        Operator = new HttpClient { BaseAddress = app.Address, Timeout = TimeSpan.FromMinutes(10) };
        Operator.DefaultRequestHeaders.Add("X-Operator-Key", OperatorKey);
    }

    public HttpClient Http { get; }

    public HttpClient Operator { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Calls to tables and queues, of the app, of its orchestrations and of bare clients.</summary>
    public StorageMeter Meter() => StorageMeter.Start(_azurite.ConnectionString);

    /// <summary>Processor time that was used up to now: of this process, in which app and bare clients are, and of the emulator.</summary>
    public (TimeSpan App, TimeSpan Storage) Processor()
    {
        using var app = Process.GetCurrentProcess();
        using var storage = Process.GetProcessById(_azurite.ProcessId);
        return (app.TotalProcessorTime, storage.TotalProcessorTime);
    }

    /// <param name="clock">The app's; the machine's own unless given.</param>
    /// <param name="configure">Replaces services, after the app has registered its own.</param>
    public static async Task<BenchHost> StartAsync(TimeProvider? clock = null, Action<IServiceCollection>? configure = null)
    {
        var azurite = AzuriteProcess.Start();
        var app = await LocalHostApp.StartAsync(new LocalHostOptions
        {
            Settings = new Dictionary<string, string?>
            {
                ["Storage:ConnectionString"] = azurite.ConnectionString,
                ["Access:OperatorKey"] = OperatorKey,
                // One machine stands for a whole Région here.
                ["Access:RateFactor"] = "1000000",
                ["Mail:PerMinute"] = "100000",
                ["Mail:PerHour"] = "1000000",
            },
            TimeProvider = clock ?? TimeProvider.System,
            ConfigureServices = configure,
            RunTimers = false,
        });
        return new BenchHost(azurite, app);
    }

    /// <summary>Ends when nothing is under way before the clock moves.</summary>
    public Task WhenIdleAsync() => _app.WhenIdleAsync();

    /// <summary>The app's own table, as the bare client sees it.</summary>
    public Task<TableClient> TableAsync(string name) => Services.GetRequiredService<AppStorage>().TableAsync(name);

    /// <summary>A client of the bare storage: same package, same emulator, a table of its own.</summary>
    public async Task<TableClient> BareTableAsync(string name)
    {
        var table = new TableClient(_azurite.ConnectionString, name);
        await table.CreateIfNotExistsAsync();
        return table;
    }

    public async Task CreateOrganisationAsync(string id)
    {
        var body = new { id, name = "Banc " + id, nda = "76310000000", siret = "73282932000074", region = "occitanie" };
        using var response = await Operator.PostAsJsonAsync("/api/organisations", body);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Does the work for each item, so many at once.</summary>
    /// <returns>Items a second.</returns>
    public static async Task<double> RateAsync<T>(IReadOnlyCollection<T> items, int atOnce, Func<T, CancellationToken, ValueTask> work)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, work);
        return items.Count / watch.Elapsed.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Operator.Dispose();
        await _app.DisposeAsync();
        _azurite.Dispose();
    }
}
