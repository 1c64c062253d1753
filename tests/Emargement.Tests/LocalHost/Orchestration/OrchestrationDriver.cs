using System.Collections.Concurrent;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.Platform;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.LocalHost.Orchestration;

/// <summary>A host with sample orchestrations, a clock that stands still, and storage of its own that outlives a restart.</summary>
public sealed class OrchestrationDriver : IAsyncDisposable
{
    private readonly FunctionApp _app;
    private readonly Dictionary<string, string?> _settings = new()
    {
        ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
        ["Storage:Prefix"] = AzuriteFixture.NewPrefix(),
    };

    private OrchestrationDriver(Type[] functions) =>
        _app = FunctionApp.Of(functions, (services, _) => services.AddSingleton(Journal), []);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    /// <summary>What activities noted, over restarts.</summary>
    public Journal Journal { get; } = new();

    public LocalHostApp Host { get; private set; } = null!;

    public DurableTaskClient Client => Host.Services.GetRequiredService<DurableTaskClient>();

    public IReadOnlyDictionary<string, string?> Settings => _settings;

    public static async Task<OrchestrationDriver> StartAsync(params Type[] functions)
    {
        var driver = new OrchestrationDriver([.. functions, typeof(SampleActivities)]);
        await driver.StartHostAsync();
        return driver;
    }

    public async Task StartHostAsync() => Host = await NewHostAsync();

    /// <summary>A further host on the same storage and clock.</summary>
    public Task<LocalHostApp> NewHostAsync() =>
        LocalHostApp.StartAsync(new LocalHostOptions { App = _app, Settings = _settings, TimeProvider = Clock }, Cancellation);

    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        await StartHostAsync();
        await Host.WhenIdleAsync();
    }

    public async Task<string> StartInstanceAsync(string orchestrator, object? input = null, string? id = null)
    {
        id = await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id), Cancellation);
        await Host.WhenIdleAsync();
        return id;
    }

    /// <summary>Starts an orchestration and tells where it is once nothing moves any more.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null) =>
        await LookAsync(await StartInstanceAsync(orchestrator, input));

    public async Task AdvanceAsync(TimeSpan by)
    {
        Clock.Advance(by);
        await Host.WhenIdleAsync();
    }

    public async Task RaiseAsync(string id, string name, object? payload = null)
    {
        await Client.RaiseEventAsync(id, name, payload, Cancellation);
        await Host.WhenIdleAsync();
    }

    public async Task<OrchestrationMetadata> LookAsync(string id)
    {
        await Host.WhenIdleAsync();
        return (await Client.GetInstanceAsync(id, getInputsAndOutputs: true, Cancellation)).ShouldNotBeNull();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>Lines in the order in which activities wrote them.</summary>
public sealed class Journal
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Write(string line) => _lines.Enqueue(line);
}
