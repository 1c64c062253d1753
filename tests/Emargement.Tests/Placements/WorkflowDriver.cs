using System.Collections.Concurrent;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Workflow;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.Platform;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Placements;

/// <summary>The real orchestration under real replay, with activities that follow a script,
/// so that each hazard can be made to happen.</summary>
internal sealed class WorkflowDriver : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings = new()
    {
        ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
        ["Storage:Prefix"] = AzuriteFixture.NewPrefix(),
    };

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static PlacementId Placement { get; } =
        PlacementId.Of(
            PlacementScene.Organisation, Reference.Parse("S1"), Reference.Parse("A1"), "G1", "Chez Ruiz", DateOnly.Parse("2026-11-02"));

    public static string InstanceId => PlacementWaker.InstanceId(Placement);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    public Script Script { get; } = new();

    public LocalHostApp Host { get; private set; } = null!;

    public DurableTaskClient Client => Host.Services.GetRequiredService<DurableTaskClient>();

    public static async Task<WorkflowDriver> StartAsync()
    {
        var driver = new WorkflowDriver();
        await driver.StartHostAsync(typeof(ScriptedDecision), typeof(ScriptedAction));
        return driver;
    }

    /// <summary>Starts the host, after a stop with another version of the activities if one is given.</summary>
    public async Task StartHostAsync(params Type[] activities)
    {
        var app = FunctionApp.Of([typeof(PlacementOrchestrator), .. activities], (services, _) => services.AddSingleton(Script), []);
        Host = await LocalHostApp.StartAsync(new LocalHostOptions { App = app, Settings = _settings, TimeProvider = Clock }, Cancellation);
    }

    public Task WakeAsync() =>
        new PlacementWaker(Clock, NullLogger<PlacementWaker>.Instance)
            .WakeAsync(Client, PlacementScene.Organisation, Placement, Cancellation);

    /// <summary>Starts the run as for a placement of which nothing is due yet.</summary>
    public async Task StartAsleepAsync(int hours)
    {
        var (organisation, wake) = (PlacementScene.Organisation.Value, Clock.GetUtcNow().UtcDateTime.AddHours(hours));
        var run = new PlacementRun(organisation, Placement.Value, PlacementOrchestrator.Shape, null, wake);
        await Client.ScheduleNewOrchestrationInstanceAsync(
            PlacementOrchestrator.Name, run, new StartOrchestrationOptions(InstanceId), Cancellation);
        await Host.WhenIdleAsync();
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        Clock.Advance(by);
        await Host.WhenIdleAsync();
    }

    public async Task<OrchestrationRuntimeStatus> StatusAsync()
    {
        await Host.WhenIdleAsync();
        return (await Client.GetInstanceAsync(InstanceId, Cancellation)).ShouldNotBeNull().RuntimeStatus;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>What stands in for a placement's facts: things to do and when; what was done;
/// and gates that hold an activity while a test acts.</summary>
internal sealed class Script
{
    private readonly ConcurrentQueue<string> _done = [];
    private int _looks;

    /// <summary>When each thing is due, in hours from 23 November 2026, 9:00 UTC.</summary>
    public ConcurrentDictionary<string, double> Plan { get; } = [];

    /// <summary>When the period changes, in the same hours.</summary>
    public double NextPeriodAt { get; set; } = double.MaxValue;

    public bool Finishes { get; set; } = true;

    /// <summary>Things that fail whenever they are tried.</summary>
    public ConcurrentDictionary<string, bool> Broken { get; } = [];

    public ConcurrentQueue<int> Shapes { get; } = [];

    /// <summary>What a newer version of the code did in its own way.</summary>
    public ConcurrentQueue<string> Letters { get; } = [];

    public IReadOnlyList<string> Done => [.. _done];

    public int Looks => _looks;

    /// <summary>Awaited by the next look, or by one action, after it has begun.</summary>
    public Gate? BeforeLook { get; set; }

    public (string Action, Gate Gate)? BeforeAction { get; set; }

    public async Task<PlacementStep> LookAsync(PlacementRun run, double hours)
    {
        Interlocked.Increment(ref _looks);
        Shapes.Enqueue(run.Shape);
        if (BeforeLook is { } gate)
        {
            BeforeLook = null;
            await gate.PassAsync();
        }

        var open = Plan.Where(p => !_done.Contains(p.Key)).OrderBy(p => p.Value).ToList();
        var due = open.Where(p => p.Value <= hours).Select(p => p.Key).ToList();
        var wake = open.Where(p => p.Value > hours)
            .Select(p => p.Value)
            .Append(hours < NextPeriodAt ? NextPeriodAt : double.MaxValue)
            .Append(hours + 168)
            .Min();
        return new PlacementStep(
            due,
            new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc).AddHours(wake),
            hours < NextPeriodAt ? "2026-11" : "2026-12",
            Finishes && open.Count == due.Count,
            1);
    }

    public async Task ActAsync(string action)
    {
        if (BeforeAction is { } held && held.Action == action)
        {
            BeforeAction = null;
            await held.Gate.PassAsync();
        }

        if (Broken.ContainsKey(action))
        {
            throw new TimeoutException(action);
        }

        // As in the tables: a slot that was taken is taken.
        if (!_done.Contains(action))
        {
            _done.Enqueue(action);
        }
    }
}

/// <summary>Holds an activity until the test lets it pass.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public void Open() => _open.TrySetResult();

    public Task PassAsync()
    {
        _reached.TrySetResult();
        return _open.Task;
    }
}

/// <summary>Stands in for the look at the facts.</summary>
public sealed class ScriptedDecision
{
    private readonly Script _script;
    private readonly TimeProvider _time;

    public ScriptedDecision(IServiceProvider services) =>
        (_script, _time) = (services.GetRequiredService<Script>(), services.GetRequiredService<TimeProvider>());

    [Function(DecidePlacementActivity.Name)]
    public Task<PlacementStep> Run([ActivityTrigger] PlacementRun run) =>
        _script.LookAsync(run, (_time.GetUtcNow() - new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero)).TotalHours);
}

/// <summary>Stands in for what the look found due.</summary>
public sealed class ScriptedAction
{
    private readonly Script _script;

    public ScriptedAction(IServiceProvider services) => _script = services.GetRequiredService<Script>();

    [Function(PlacementActionActivity.Name)]
    public Task Run([ActivityTrigger] PlacementActionInput input) => _script.ActAsync(input.Action);
}
