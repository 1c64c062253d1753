using System.Globalization;
using System.Threading.RateLimiting;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Access;

/// <summary>
/// Counts the calls of each caller (of each network, for nobody known) to each function,
/// in this process, and refuses those over the function's limit.
/// </summary>
internal sealed class CallRates : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<Call> _limiter;

    public CallRates(IOptions<AccessOptions> options)
    {
        var factor = options.Value.RateFactor;
        _limiter = PartitionedRateLimiter.Create<Call, Call>(call => RateLimitPartition.GetSlidingWindowLimiter(call, Limit));

        SlidingWindowRateLimiterOptions Limit(Call call) => new()
        {
            PermitLimit = (int)Math.Min(int.MaxValue, call.PerMinute * factor),
            Window = Window,
            SegmentsPerWindow = 6,
        };
    }

    /// <returns>Null to let through, else <c>too-many-calls</c> with the seconds to wait.</returns>
    public Refusal? Refuse(AccessRule rule, Caller caller, HttpRequest request)
    {
        var who = caller.IsKnown ? $"{caller.Organisation}|{caller.Id}" : ClientNetwork.Of(request);
        using var lease = _limiter.AttemptAcquire(new Call(rule.Function, who, rule.PerMinute));
        if (lease.IsAcquired)
        {
            return null;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        return Refusal.Of(
            "too-many-calls",
            RefusalKind.TooMany,
            ("retryAfter", Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture)));
    }

    public void Dispose() => _limiter.Dispose();

    private readonly record struct Call(string Function, string Who, int PerMinute);
}
