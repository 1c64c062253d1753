using Azure;
using Emargement.LocalHost.Invocation;
using Emargement.LocalHost.Orchestration.Replay;
using Emargement.LocalHost.Orchestration.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Emargement.LocalHost.Orchestration;

/// <summary>What a step led to: look again at once, wait for something to arrive, or forget the instance because it is over.</summary>
internal enum StepResult
{
    Again,
    Wait,
    Over,
}

/// <summary>Advances one instance by one step: reads it, decides, writes it under its ETag, and sees that what it waits for is under way.</summary>
internal sealed class InstanceStep(
    OrchestrationStore store,
    InstanceQueue queue,
    EffectDelivery effects,
    ActivityRunner activities,
    FunctionCatalog catalog,
    FunctionPipeline pipeline,
    IServiceScopeFactory scopes,
    ILoggerFactory loggers,
    TimeProvider clock,
    EngineOptions options)
{
    public async Task<StepResult> AdvanceAsync(string id, CancellationToken cancellation)
    {
        // Asked before reading: an activity that ends meanwhile has left its outcome in what is read, or is still in this list.
        var running = activities.Running();
        if (await store.LoadAsync(id, cancellation) is not { } snapshot)
        {
            return StepResult.Over;
        }

        var instance = snapshot.Instance;
        var now = clock.GetUtcNow();
        if (instance.LeaseOwner is { } owner && owner != store.Process && instance.LeaseUntil > now)
        {
            queue.WakeAt(id, instance.LeaseUntil.Value);
            return StepResult.Wait;
        }

        if (snapshot.Effects.Count > 0)
        {
            await effects.DeliverAsync(snapshot.Effects, cancellation);
            await store.EffectsDoneAsync(id, cancellation);
        }

        if (snapshot.Leftovers.Count > 0)
        {
            await store.DeleteRowsAsync(id, snapshot.Leftovers, cancellation);
        }

        if (instance.IsOver)
        {
            await store.DeleteRowsAsync(id, snapshot.Inbox.Select(r => r.RowKey), cancellation);
            await store.CloseAsync(id, cancellation);
            return StepResult.Over;
        }

        if (instance.StartAt > now)
        {
            queue.WakeAt(id, instance.StartAt.Value);
            return StepResult.Wait;
        }

        var intake = Intake.Of(snapshot, now.UtcDateTime);
        var runs = intake.Status is OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending
            && (intake.Arrived.Count > 0 || snapshot.History.Count == 0);
        return runs || intake.Taken.Count > 0
            ? await WriteAsync(snapshot, intake, runs, running, now, cancellation)
            : await WaitAsync(snapshot, running, now, cancellation);
    }

    private async Task<StepResult> WriteAsync(
        Snapshot snapshot, Intake intake, bool runs, IReadOnlySet<(string ExecutionId, int TaskId)> running, DateTimeOffset now, CancellationToken cancellation)
    {
        var instance = snapshot.Instance;
        IReadOnlyList<HistoryEvent> arrived = runs ? [new EpisodeStarted(now.UtcDateTime), .. intake.Arrived] : [];
        var run = intake switch
        {
            { Termination: not null } => null,
            { HasStrayed: true } => new EpisodeResult(
                OrchestrationRuntimeStatus.Failed,
                [],
                instance.CustomStatus,
                Failure: Failure.NonDeterministic("the orchestrator was woken by something that is not a durable task of its context.")),
            _ when runs => Run(snapshot, arrived),
            _ => null,
        };
        var change = EpisodeChange.Of(snapshot, intake, arrived, run, now, store.Process, options.LeaseDuration);
        if (await store.CommitAsync(instance, change.Instance, change.Events, change.Effects, change.Carried, intake.Taken, cancellation) is not { } tag)
        {
            return StepResult.Again;
        }

        if (change.Instance.IsOver)
        {
            OrchestrationTraces.Ended(change.Instance);
        }

        foreach (var asked in change.Unattended)
        {
            activities.Start(instance, asked);
        }

        // What was just written need not be read back when it owes nothing to others and leaves nothing behind. What arrives meanwhile queues the instance again.
        var isWhole = change is { Effects.Count: 0, Carried.Count: 0 } && snapshot.Inbox.Count == intake.Taken.Count && change.Instance.Generation == instance.Generation;
        if (isWhole && change.Instance.IsOver)
        {
            await store.CloseAsync(instance.Id, cancellation);
            return StepResult.Over;
        }

        var written = snapshot with { Instance = change.Instance with { ETag = tag }, History = [.. snapshot.History, .. change.Events], Inbox = [] };
        return isWhole && tag != default && change.Instance.Status == OrchestrationRuntimeStatus.Running && OpenTimers(written).All(t => t.FireAt > now.UtcDateTime)
            ? await WaitAsync(written, running, now, cancellation)
            : StepResult.Again;
    }

    private static IEnumerable<TimerAsked> OpenTimers(Snapshot snapshot)
    {
        var fired = snapshot.History.OfType<TimerFired>().Select(f => f.Id).ToHashSet();
        return snapshot.History.OfType<TimerAsked>().Where(t => !fired.Contains(t.Id));
    }

    private EpisodeResult Run(Snapshot snapshot, IReadOnlyList<HistoryEvent> arrived)
    {
        var instance = snapshot.Instance;
        return catalog.Find<OrchestrationTriggerAttribute>(instance.Name) is { } function
            ? new Episode(instance, function, pipeline, scopes, loggers).Run(snapshot.History, arrived, () => Strayed(instance))
            : new EpisodeResult(
                OrchestrationRuntimeStatus.Failed,
                [],
                instance.CustomStatus,
                Failure: new Failure("System.ArgumentException", $"There is no orchestrator function named '{instance.Name}'.", null, null));
    }

    // Nothing to take in: the activities it waits for are to be running here, or here again after a restart, and its timers set.
    private async Task<StepResult> WaitAsync(
        Snapshot snapshot, IReadOnlySet<(string ExecutionId, int TaskId)> running, DateTimeOffset now, CancellationToken cancellation)
    {
        var instance = snapshot.Instance;
        var open = EpisodeChange.OpenActivities(snapshot.History);
        if (open.Count > 0)
        {
            var renewal = options.LeaseDuration / 3;
            if (instance.LeaseOwner != store.Process || instance.LeaseUntil - now < options.LeaseDuration - renewal)
            {
                var leased = instance with { LeaseOwner = store.Process, LeaseUntil = now + options.LeaseDuration };
                if (await store.CommitAsync(instance, leased, [], [], [], [], cancellation) is null)
                {
                    return StepResult.Again;
                }
            }

            foreach (var asked in open.Where(a => !running.Contains((instance.ExecutionId, a.Id))))
            {
                activities.Start(instance, asked);
            }

            queue.WakeAt(instance.Id, now + renewal);
        }

        foreach (var timer in OpenTimers(snapshot).Where(t => t.FireAt > now.UtcDateTime))
        {
            queue.WakeAt(instance.Id, new DateTimeOffset(timer.FireAt));
        }

        return StepResult.Wait;
    }

    private void Strayed(OrchestrationInstance instance) => effects.SendLater(
        instance.Id, new Message($"strayed|{instance.ExecutionId}", clock.GetUtcNow().UtcDateTime, instance.ExecutionId, new Strayed()));
}
