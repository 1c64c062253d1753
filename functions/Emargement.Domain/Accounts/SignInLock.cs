namespace Emargement.Domain.Accounts;

/// <summary>Failed tries to sign in under one login from one network: five lock it for 15 minutes.</summary>
/// <param name="Tries">Tries since <paramref name="Since"/> that have not led to a sign-in.</param>
public sealed record SignInLock(int Tries, DateTimeOffset Since, DateTimeOffset? LockedUntil)
{
    public const int MaxTries = 5;

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    public static SignInLock None { get; } = new(0, DateTimeOffset.MinValue, null);

    public bool IsLocked(DateTimeOffset now) => LockedUntil > now;

    /// <summary>The state to write before a password is looked at, so that many tries at once are counted
    /// too. The fifth try is still looked at: if it is right, the row goes.</summary>
    public SignInLock Try(DateTimeOffset now)
    {
        // Old tries are forgotten after as long as a lock would have lasted.
        var fresh = LockedUntil <= now || now - Since >= LockedFor;
        var tries = fresh ? 1 : Tries + 1;
        return new SignInLock(tries, fresh ? now : Since, tries >= MaxTries ? now + LockedFor : null);
    }
}
