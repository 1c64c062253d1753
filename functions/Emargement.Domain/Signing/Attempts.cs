using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Signing;

/// <summary>Failed proofs of one learner (or of nobody known) in one Session from one network. Five of them lock that path for fifteen
/// minutes; fifteen minutes without a failure forget them.</summary>
/// <param name="Failures">Failures in a row.</param>
/// <param name="LastFailureAt">When the latest came.</param>
public sealed record Attempts(int Failures, DateTimeOffset LastFailureAt)
{
    public const int Allowed = 5;

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>No failure yet.</summary>
    public static Attempts None { get; } = new(0, DateTimeOffset.MinValue);

    public DateTimeOffset? LockedUntil => Failures >= Allowed ? LastFailureAt + LockedFor : null;

    /// <summary>Null when another try is allowed; else the refusal, which says until when to wait.</summary>
    public Refusal? Check(DateTimeOffset now) =>
        LockedUntil is { } until && now < until ? Refusal.Of("locked", RefusalKind.TooMany, ("until", SigningWindow.Text(until))) : null;

    /// <summary>One more failure. While locked nothing is counted, so that knocking does not lengthen the lock.</summary>
    public Attempts Fail(DateTimeOffset now) =>
        Check(now) is not null ? this
        : Failures > 0 && now - LastFailureAt < LockedFor ? new Attempts(Failures + 1, now)
        : new Attempts(1, now);
}
