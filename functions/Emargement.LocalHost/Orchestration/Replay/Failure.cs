using Microsoft.DurableTask;

namespace Emargement.LocalHost.Orchestration.Replay;

/// <summary>Why a task failed, as kept in the history.</summary>
internal sealed record Failure(string ErrorType, string ErrorMessage, string? StackTrace, Failure? Inner)
{
    public const string NonDeterministicType = "DurableTask.Core.Exceptions.NonDeterministicOrchestrationException";

    public static Failure Of(Exception exception) => new(
        exception.GetType().ToString(),
        exception.Message,
        exception.StackTrace,
        exception is TaskFailedException failed ? Of(failed.FailureDetails)
        : exception.InnerException is { } inner ? Of(inner)
        : null);

    public static Failure NonDeterministic(string what) => new(
        NonDeterministicType,
        $"Non-Deterministic workflow detected: {what} An orchestrator may only use what its context gives: activities, timers, events, CurrentUtcDateTime, NewGuid.",
        null,
        null);

    public TaskFailureDetails ToDetails() => new(ErrorType, ErrorMessage, StackTrace, Inner?.ToDetails(), null);

    private static Failure Of(TaskFailureDetails details) =>
        new(details.ErrorType, details.ErrorMessage, details.StackTrace, details.InnerFailure is { } inner ? Of(inner) : null);
}
