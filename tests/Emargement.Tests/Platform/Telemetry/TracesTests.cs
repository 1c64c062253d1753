using System.Diagnostics;
using Emargement.Functions.Platform.Telemetry;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.LocalHost;
using Emargement.Tests.LocalHost.Orchestration;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Platform.Telemetry;

/// <summary>
/// One trace from the request to the storage, and through an orchestration to its activities, whichever process runs them.
/// </summary>
public sealed class TracesTests
{
    // In the host's own process on the platform; LocalHost is both.
    private const string Engine = "DurableTask.Core";

    private const string Asked = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_s_span_has_its_route_and_the_storage_calls_under_it()
    {
        using var recorded = new Recorded();
        await using (var host = await HalfDayScene.StartAsync(recorded))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{HalfDayScene.Session}?lang=de");
            request.Headers.Add("traceparent", Asked);
            using var trainer = await host.TrainerAsync();
            using var answer = await trainer.SendAsync(request, Cancellation);
            answer.EnsureSuccessStatusCode();
        }

        var trace = recorded.Spans.Where(s => s.TraceId.ToHexString() == Asked.Split('-')[1]).ToList();
        var call = trace.Single(s => s.Kind == ActivityKind.Server);
        call.DisplayName.ShouldBe("GET /api/organisations/{org}/sessions/{session}");
        call.ParentSpanId.ToHexString().ShouldBe(Asked.Split('-')[2]);
        call.GetTagItem("http.response.status_code").ShouldBe(200);
        call.GetTagItem(TelemetryMiddleware.FunctionTag).ShouldBe("ShowSession");
        var storage = trace.Where(s => s.Source.Name.StartsWith("Azure.", StringComparison.Ordinal)).ToList();
        storage.ShouldNotBeEmpty();
        storage.ShouldAllBe(s => s.ParentSpanId == call.SpanId);
        storage.ShouldContain(s => s.DisplayName == "TableClient.Query"
            && ((string)s.GetTagItem("db.collection.name")!).EndsWith("Attendance", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_closing_s_trace_goes_on_to_the_sealed_sheet()
    {
        using var recorded = new Recorded();
        await using (var host = await HalfDayScene.StartAsync(recorded))
        {
            await host.SignAndCloseAsync(Asked);
        }

        var trace = recorded.Spans.Where(s => s.TraceId.ToHexString() == Asked.Split('-')[1]).ToList();
        var closing = trace.Single(s => s.DisplayName == "POST /api/organisations/{org}/sessions/{session}/close");
        var asked = trace.Single(s => s.DisplayName == "create_orchestration:SealSheet" && s.Source.Name == "Microsoft.DurableTask");
        var scheduled = trace.Single(s => s.DisplayName == "create_orchestration:SealSheet" && s.Source.Name == Engine);
        var run = trace.Single(s => s.DisplayName == "orchestration:SealSheet");
        var step = trace.Single(s => s.DisplayName == "activity:StoreSealedSheet" && s.Kind == ActivityKind.Server);
        var activity = trace.Single(s => s.DisplayName == "activity StoreSealedSheet");
        asked.ParentSpanId.ShouldBe(closing.SpanId, "the worker's client");
        scheduled.ParentSpanId.ShouldBe(asked.SpanId, "the host that it asks");
        run.ParentSpanId.ShouldBe(scheduled.SpanId);
        trace.Single(s => s.SpanId == step.ParentSpanId).ParentSpanId.ShouldBe(run.SpanId, "under the span of the asking");
        activity.ParentSpanId.ShouldBe(step.SpanId, "our own, under the engine's");
        run.GetTagItem("durabletask.task.status").ShouldBe("Completed");
        trace.ShouldContain(s => s.ParentSpanId == activity.SpanId
            && ((string?)s.GetTagItem("db.collection.name"))!.EndsWith("sheets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_another_process_goes_on_with_stays_in_its_trace_and_replays_write_nothing()
    {
        using var recorded = new Recorded();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
        var settings = new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
            ["Storage:Prefix"] = AzuriteFixture.NewPrefix(),
        };
        using var outer = new Activity("test").SetIdFormat(ActivityIdFormat.W3C);
        outer.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        await using (var first = await StartAsync())
        {
            outer.Start();
            await Client(first).ScheduleNewOrchestrationInstanceAsync("Waits", "x", new StartOrchestrationOptions("waits"), Cancellation);
            outer.Stop();
            await first.WhenIdleAsync();
        }

        await using (var second = await StartAsync())
        {
            await second.WhenIdleAsync();
            clock.Advance(TimeSpan.FromHours(1));
            await second.WhenIdleAsync();
            (await Client(second).GetInstanceAsync("waits", Cancellation)).ShouldNotBeNull().RuntimeStatus.ShouldBe(
                OrchestrationRuntimeStatus.Completed);
        }

        var trace = recorded.Spans.Where(s => s.TraceId == outer.TraceId).ToList();
        // Who asks writes a span once it is answered, and who does it another; a replay writes none.
        trace.Where(s => s.Source.Name == Engine).Select(s => $"{s.Kind} {s.DisplayName}").Order(StringComparer.Ordinal).ShouldBe(
            [
                "Client activity:Note", "Client activity:Note", "Client orchestration:Child", "Internal orchestration:Waits:timer",
                "Producer create_orchestration:Waits", "Server activity:Note", "Server activity:Note", "Server orchestration:Child",
                "Server orchestration:Waits",
            ]);
        trace.Count(s => s.DisplayName == "activity Note").ShouldBe(2);
        trace.Where(s => s.Kind == ActivityKind.Server).Count().ShouldBe(6);

        DurableTaskClient Client(LocalHostApp host) => host.Services.GetRequiredService<DurableTaskClient>();

        Task<LocalHostApp> StartAsync() => LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                App = FunctionApp.Of(
                    [typeof(Functions)],
                    (services, _) => services.AddSingleton<Journal>().AddSingleton<Instruments>().AddSingleton<TelemetryMiddleware>(),
                    [typeof(TelemetryMiddleware)]),
                Settings = settings,
                TimeProvider = clock,
                ConfigureServices = recorded.AddTo,
            },
            Cancellation);
    }

    [Fact]
    public async Task A_failed_run_is_counted_and_told_once()
    {
        using var recorded = new Recorded();
        await using var host = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                App = FunctionApp.Of(
                    [typeof(Functions)],
                    (services, _) => services.AddSingleton<Journal>().AddSingleton<Instruments>().AddSingleton<TelemetryMiddleware>(),
                    [typeof(TelemetryMiddleware)]),
                Settings = new Dictionary<string, string?>
                {
                    ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
                    ["Storage:Prefix"] = AzuriteFixture.NewPrefix(),
                },
                ConfigureServices = recorded.AddTo,
            },
            Cancellation);
        recorded.Listen(host.Services.GetRequiredService<Instruments>());

        await host.Services.GetRequiredService<DurableTaskClient>().ScheduleNewOrchestrationInstanceAsync(
            "Fails", "awa@exemple.test", new StartOrchestrationOptions("fails"), Cancellation);
        await host.WhenIdleAsync();

        recorded.Of("emargement.orchestrations.failed", "Fails").ShouldBe([1]);
        recorded.Of("emargement.function.duration", TelemetryMiddleware.Fault).Count.ShouldBe(1, "the activity");
        var line = recorded.Records.Single(r => r.Contains("Orchestration Fails failed: ", StringComparison.Ordinal));
        line.ShouldNotContain("awa@exemple.test");
        recorded.Records.ShouldAllBe(r => !r.Contains("awa@exemple.test", StringComparison.Ordinal));
        recorded.Spans.ShouldAllBe(s => s.StatusDescription == null);
    }

    public static class Functions
    {
        [Function("Waits")]
        public static async Task Waits([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("Note", "before");
            await context.CreateTimer(context.CurrentUtcDateTime.AddMinutes(30), CancellationToken.None);
            await context.CallSubOrchestratorAsync("Child", "child");
        }

        [Function("Child")]
        public static Task Child([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync("Note", "after");

        [Function("Note")]
        public static string Note([ActivityTrigger] string line) => line;

        [Function("Fails")]
        public static Task Fails([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync("Break", context.GetInput<string>());

        [Function("Break")]
        public static string Break([ActivityTrigger] string person) => throw new InvalidOperationException($"Cannot write to {person}");
    }
}
