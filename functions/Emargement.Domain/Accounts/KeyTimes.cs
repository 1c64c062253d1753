namespace Emargement.Domain.Accounts;

/// <summary>How long the keys of other systems open.</summary>
public static class KeyTimes
{
    /// <summary>Days at most.</summary>
    public const int MostDays = 730;

    /// <summary>Days unless said.</summary>
    public const int UsualDays = 365;

    /// <summary>How long a key opens beside the one that takes its place.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(7);

    public static DateTimeOffset EndOf(DateTimeOffset now, int? days) => now.AddDays(days ?? UsualDays);

    /// <summary>The end of a key that takes another's place: it lives as long as that one was given.</summary>
    public static DateTimeOffset EndAfter(DateTimeOffset created, DateTimeOffset? expires, DateTimeOffset now) =>
        now + (expires - created ?? TimeSpan.FromDays(UsualDays));

    /// <summary>The end of a key whose place another has taken: never later than it was.</summary>
    public static DateTimeOffset EndOfReplaced(DateTimeOffset? expires, DateTimeOffset now) =>
        expires < now + Overlap ? expires.Value : now + Overlap;
}
