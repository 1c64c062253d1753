using Azure.Core;
using Azure.Core.Pipeline;

namespace Emargement.Functions.Platform.Storage;

/// <summary>
/// Tries a call to the storage again while <see cref="StoragePatience"/> lasts: at once where nobody answers, not at all once the time is
/// spent. A try gets all the time that is left, because a slow answer is worth more than a second question.
/// </summary>
internal sealed class StorageRetries() : RetryPolicy(MaxRetries, DelayStrategy.CreateExponentialDelayStrategy(FirstDelay, LongestDelay))
{
    private const int MaxRetries = 6;

    // A body takes its time: so many bytes of it are worth a second.
    private const long BytesPerSecond = 1024 * 1024;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    // Less is not worth a try.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500);

    protected override void OnSendingRequest(HttpMessage message) => message.NetworkTimeout = TimeLeft(message);

    protected override ValueTask OnSendingRequestAsync(HttpMessage message)
    {
        OnSendingRequest(message);
        return ValueTask.CompletedTask;
    }

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        IsWorthIt(message) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        IsWorthIt(message) ? base.ShouldRetryAsync(message, exception) : ValueTask.FromResult(false);

    // The next delay is about as long as all before it.
    private static bool IsWorthIt(HttpMessage message) => TimeLeft(message) > Elapsed(message) + Least;

    private static TimeSpan TimeLeft(HttpMessage message)
    {
        var left = StoragePatience.OfCall - Elapsed(message);
        var body = message.Request.Content?.TryComputeLength(out var bytes) == true ? bytes / BytesPerSecond : 0;
        return (left > Least ? left : Least) + TimeSpan.FromSeconds(body);
    }

    private static TimeSpan Elapsed(HttpMessage message) => TimeProvider.System.GetUtcNow() - message.ProcessingContext.StartTime;
}
