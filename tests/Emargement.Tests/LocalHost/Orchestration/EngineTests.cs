using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Reflection;
using Azure.Core.Diagnostics;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.House.Published;
using Emargement.Tests.Platform;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.LocalHost.Orchestration;

/// <summary>The engine is the one that is deployed, and runs on the queue's own timers where no test moves the clock.</summary>
public sealed class EngineTests
{
    private const int IdleCallsASecond = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DurableTask.Core")]
    [InlineData("DurableTask.AzureStorage")]
    public void LocalHost_runs_what_the_published_app_carries(string assembly)
    {
        var here = Assembly.Load(assembly);

        var there = AssemblyName.GetAssemblyName(Path.Combine(PublishedApp.Built, ".azurefunctions", assembly + ".dll"));
        here.GetName().FullName.ShouldBe(there.FullName);
    }

    [Fact]
    public async Task A_timer_of_the_machine_s_own_clock_fires_and_an_event_comes_before_a_longer_one()
    {
        await using var host = await StartAsync(AzuriteFixture.NewPrefix());
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);

        await client.ScheduleNewOrchestrationInstanceAsync("WaitsTwice", new StartOrchestrationOptions("waits"), Cancellation);
        await client.RaiseEventAsync("waits", "word", "heard", Cancellation);

        var run = await client.WaitForInstanceCompletionAsync("waits", getInputsAndOutputs: true, patience.Token);
        run.ReadOutputAs<string>().ShouldBe("heard");
    }

    [Fact]
    public async Task An_idle_host_asks_the_storage_ten_times_a_second_at_most()
    {
        var prefix = AzuriteFixture.NewPrefix();
        await using var host = await StartAsync(prefix);
        await host.WhenIdleAsync();
        using var calls = new CallsTo(prefix, count: IdleCallsASecond * 4);

        // The queues are asked less and less often after the last message.
        await calls.Counted.WaitAsync(Patience, Cancellation);

        calls.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(4));
    }

    private static Task<LocalHostApp> StartAsync(string prefix) => LocalHostApp.StartAsync(
        new LocalHostOptions
        {
            App = FunctionApp.Of(typeof(Functions)),
            Settings = new Dictionary<string, string?>
            {
                ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
                ["Storage:Prefix"] = prefix,
            },
        },
        Cancellation);

    public static class Functions
    {
        [Function("WaitsTwice")]
        public static async Task<string> WaitsTwice([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CreateTimer(TimeSpan.FromSeconds(2), CancellationToken.None);
            return await context.WaitForExternalEvent<string>("word", TimeSpan.FromHours(1));
        }
    }

    /// <summary>Waits for so many calls that name a prefix, as the storage's clients of this process report them.</summary>
    private sealed class CallsTo : IDisposable
    {
        private const int Request = 1;

        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly TaskCompletionSource _counted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly AzureEventSourceListener _listener;
        private int _left;

        public CallsTo(string prefix, int count)
        {
            _left = count;
            _listener = new AzureEventSourceListener((call, _) => Note(call, prefix), EventLevel.Informational);
        }

        public Task Counted => _counted.Task;

        public TimeSpan Elapsed => _watch.Elapsed;

        public void Dispose() => _listener.Dispose();

        private void Note(EventWrittenEventArgs call, string prefix)
        {
            var isCounted = call.EventId == Request && $"{call.Payload![2]}".Contains(prefix, StringComparison.Ordinal);
            if (isCounted && Interlocked.Decrement(ref _left) == 0)
            {
                _watch.Stop();
                _counted.TrySetResult();
            }
        }
    }
}
