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

    private const int Segments = 6;

    private readonly PartitionedRateLimiter<Call> _limiter;
    private readonly double _factor;

    public CallRates(IOptions<AccessOptions> options)
    {
        _factor = options.Value.RateFactor;
        _limiter = PartitionedRateLimiter.Create<Call, Call>(call => RateLimitPartition.GetSlidingWindowLimiter(call, Limit));

        SlidingWindowRateLimiterOptions Limit(Call call) => new()
        {
            PermitLimit = PermitsOf(call),
            Window = Window,
            SegmentsPerWindow = Segments,
        };
    }

    /// <returns>Null to let through, else <c>too-many-calls</c> with the seconds to wait.</returns>
    public Refusal? Refuse(AccessRule rule, Caller caller, HttpRequest request)
    {
        var who = caller.IsKnown ? $"{caller.Organisation}|{caller.Id}" : ClientNetwork.Of(request);
        var call = new Call(rule.Function, who, rule.PerMinute);
        using var lease = _limiter.AttemptAcquire(call);
        var wait = lease.IsAcquired ? Window / Segments : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        Tell(call, wait, request.HttpContext.Response);
        if (lease.IsAcquired)
        {
            return null;
        }

        return Refusal.Of(
            "too-many-calls",
            RefusalKind.TooMany,
            ("retryAfter", Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture)));
    }

    public void Dispose() => _limiter.Dispose();

    private int PermitsOf(Call call) => (int)Math.Min(int.MaxValue, call.PerMinute * _factor);

    // draft-ietf-httpapi-ratelimit-headers: how much is allowed in how many seconds, what is left of it, when there is more.
    private void Tell(Call call, TimeSpan wait, HttpResponse response)
    {
        var left = _limiter.GetStatistics(call)?.CurrentAvailablePermits ?? 0;
        response.Headers["RateLimit-Policy"] = string.Create(
            CultureInfo.InvariantCulture, $"\"calls\";q={PermitsOf(call)};w={(int)Window.TotalSeconds}");
        response.Headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture, $"\"calls\";r={left};t={Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))}");
    }

    private readonly record struct Call(string Function, string Who, int PerMinute);
}
