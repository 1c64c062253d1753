namespace Microsoft.DurableTask
{
    public record TaskFailureDetails(
        string ErrorType,
        string ErrorMessage,
        string? StackTrace,
        TaskFailureDetails? InnerFailure,
        IDictionary<string, object?>? Properties)
    {
        public static TaskFailureDetails FromException(Exception exception) => new(
            exception.GetType().ToString(),
            exception.Message,
            exception.StackTrace,
            exception.InnerException is { } inner ? FromException(inner) : null,
            null);

        public bool IsCausedBy<T>()
            where T : Exception => IsCausedBy(typeof(T));

        public bool IsCausedBy(Type targetBaseExceptionType)
        {
            var thrown = Type.GetType(ErrorType)
                ?? targetBaseExceptionType.Assembly.GetType(ErrorType)
                ?? AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(ErrorType)).FirstOrDefault(t => t is not null);
            return targetBaseExceptionType.IsAssignableFrom(thrown);
        }

        public override string ToString() => $"{ErrorType}: {ErrorMessage}";
    }

    public sealed class TaskFailedException : Exception
    {
        public TaskFailedException(string taskName, int taskId, Exception innerException)
            : base(Describe(taskName, taskId, innerException.Message), innerException)
        {
            TaskName = taskName;
            TaskId = taskId;
            FailureDetails = TaskFailureDetails.FromException(innerException);
        }

        public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
            : base(Describe(taskName, taskId, failureDetails.ErrorMessage))
        {
            TaskName = taskName;
            TaskId = taskId;
            FailureDetails = failureDetails;
        }

        public string TaskName { get; }

        public int TaskId { get; }

        public TaskFailureDetails FailureDetails { get; }

        private static string Describe(string taskName, int taskId, string message) =>
            $"Task '{taskName}' (#{taskId}) failed with an unhandled exception: {message}";
    }
}

namespace DurableTask.Core.Exceptions
{
    /// <summary>Thrown by a start whose instance id is already pending or running.</summary>
    public class OrchestrationAlreadyExistsException : Exception
    {
        public OrchestrationAlreadyExistsException()
        {
        }

        public OrchestrationAlreadyExistsException(string message)
            : base(message)
        {
        }

        public OrchestrationAlreadyExistsException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }
}
