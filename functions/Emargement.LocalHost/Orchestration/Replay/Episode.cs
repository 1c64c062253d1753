using Emargement.LocalHost.Invocation;
using Emargement.LocalHost.Orchestration.State;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Emargement.LocalHost.Orchestration.Replay;

/// <summary>What a run of an orchestrator came to.</summary>
/// <param name="Status">Running, Completed or Failed.</param>
/// <param name="Asked">What it asked for that the history does not hold yet.</param>
/// <param name="Carried">Events for the next execution when it continues as new, none or more; null otherwise.</param>
internal sealed record EpisodeResult(
    OrchestrationRuntimeStatus Status,
    IReadOnlyList<Asked> Asked,
    string? CustomStatus,
    string? Output = null,
    Failure? Failure = null,
    IReadOnlyList<EventRaised>? Carried = null);

/// <summary>Replays an orchestrator over its history, then over what has newly arrived. It stores nothing.</summary>
internal sealed class Episode(
    OrchestrationInstance instance, FunctionEntry function, FunctionPipeline pipeline, IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <param name="past">The history of this execution.</param>
    /// <param name="arrived">The start of this episode, then what has arrived.</param>
    /// <param name="strayed">Called if the orchestrator is woken by something that is not durable, perhaps after this returns.</param>
    public EpisodeResult Run(IReadOnlyList<HistoryEvent> past, IReadOnlyList<HistoryEvent> arrived, Action strayed)
    {
        var thread = new OrchestratorThread(strayed);
        var context = new ReplayContext(instance, thread, loggers);
        using var scope = scopes.CreateScope();
        var call = new LocalFunctionContext(function, scope.ServiceProvider, CancellationToken.None)
        {
            TriggerValue = context,
            ReadInput = type => JsonData.Instance.Deserialize(instance.Input, type),
        };
        Task? running = null;
        Failure? divergence = null;
        var taken = 0;
        thread.Enter(() =>
        {
            foreach (var (happened, isPast) in past.Select(e => (e, true)).Concat(arrived.Select(e => (e, false))))
            {
                context.Replaying = isPast;
                divergence = Apply(happened, context, () => running ??= StartAsync(call), running is { IsCompleted: true });
                thread.Drain();
                if (divergence is not null || (!isPast && running!.IsCompleted))
                {
                    break;
                }

                taken += isPast ? 0 : 1;
            }
        });

        divergence ??= Stuck(thread, context, running!);
        return divergence is not null
            ? new EpisodeResult(OrchestrationRuntimeStatus.Failed, [], context.CustomStatus, Failure: divergence)
            : Conclude(context, running!, call, [.. arrived.Skip(taken + 1).OfType<EventRaised>()]);
    }

    // Whatever the first middleware throws is the orchestrator's failure, not the engine's.
    private async Task StartAsync(LocalFunctionContext call) => await pipeline.InvokeAsync(call);

    private static Failure? Apply(HistoryEvent happened, ReplayContext context, Action start, bool isOver)
    {
        switch (happened)
        {
            case EpisodeStarted episode:
                if (context.Unmatched.FirstOrDefault() is { } extra)
                {
                    return Failure.NonDeterministic($"the replay asks for {extra.Words} as request #{extra.Id}, which the history does not hold.");
                }

                if (isOver)
                {
                    return Failure.NonDeterministic("the replay ends before its history does.");
                }

                context.Now = episode.At;
                start();
                return null;
            case Asked asked:
                return context.Match(asked, out var instead)
                    ? null
                    : Failure.NonDeterministic(
                        $"the history holds {asked.Words} as request #{asked.Id}, the replay asks for {instead?.Words ?? "nothing"} in its place.");
            case EventRaised raised:
                context.Events.Raise(raised);
                return null;
            default:
                context.Complete(happened);
                return null;
        }
    }

    private static Failure? Stuck(OrchestratorThread thread, ReplayContext context, Task running) =>
        thread.Strayed || (!running.IsCompleted && !context.WaitsForSomething)
            ? Failure.NonDeterministic("the orchestrator awaits something that is not a durable task of its context.")
            : null;

    private static EpisodeResult Conclude(ReplayContext context, Task running, LocalFunctionContext call, IReadOnlyList<EventRaised> untaken)
    {
        IReadOnlyList<Asked> asked = [.. context.Unmatched];
        if (!running.IsCompleted)
        {
            return new EpisodeResult(OrchestrationRuntimeStatus.Running, asked, context.CustomStatus);
        }

        if (!running.IsCompletedSuccessfully)
        {
            var cause = running.Exception?.InnerException ?? new TaskCanceledException(running);
            return new EpisodeResult(OrchestrationRuntimeStatus.Failed, asked, context.CustomStatus, Failure: Failure.Of(cause));
        }

        return context.Next is { } next
            ? new EpisodeResult(
                OrchestrationRuntimeStatus.Running,
                asked,
                context.CustomStatus,
                JsonData.Instance.Serialize(next.NewInput),
                Carried: next.PreserveUnprocessedEvents ? [.. context.Events.Kept, .. untaken] : [])
            : new EpisodeResult(OrchestrationRuntimeStatus.Completed, asked, context.CustomStatus, JsonData.Instance.Serialize(call.Result));
    }
}
