namespace Emargement.Domain.Platform;

/// <summary>What was told on one path by which somebody may guess: at most five outcomes in a row, right ones among them, whether they are
/// asked for one after the other or all at once. A fifth one that is wrong locks the path for fifteen minutes; a right one forgets those
/// before it as soon as calls that were sent with it can no longer be on their way.</summary>
/// <param name="Told">Outcomes told in a row.</param>
/// <param name="LastAt">When the latest was.</param>
/// <param name="WasRight">Whether the latest was right.</param>
public readonly record struct Tries(int Told, DateTimeOffset LastAt, bool WasRight)
{
    /// <summary>Outcomes in a row at most.</summary>
    public const int Most = 5;

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>How long after a right one others that were sent at the same time may still arrive. Nobody who types comes back
    /// sooner.</summary>
    public static readonly TimeSpan Settles = TimeSpan.FromSeconds(2);

    public static Tries None { get; } = new(0, DateTimeOffset.MinValue, false);

    /// <summary>Wrong ones that may still be told.</summary>
    public int Left => Most - Told;

    /// <summary>When those told are forgotten.</summary>
    public DateTimeOffset ForgottenAt => Told == 0 ? DateTimeOffset.MinValue : LastAt + (WasRight ? Settles : LockedFor);

    /// <summary>Until when nothing is told; null when the next try may be judged.</summary>
    public DateTimeOffset? LockedUntil(DateTimeOffset now) => Told >= Most && now < ForgottenAt ? ForgottenAt : null;

    /// <summary>What is known once one more outcome is told. To be written before it is.</summary>
    public Tries Next(bool right, DateTimeOffset now) => new(now < ForgottenAt ? Told + 1 : 1, now, right);
}

/// <summary>
/// Wrong tries of one network in one way to guess, whoever they name: somebody who tries one password on everybody locks no single path.
/// Wishes for a mail are counted alike.
/// </summary>
/// <param name="Wrong">Since then.</param>
/// <param name="Since">When the first of them was.</param>
public readonly record struct NetworkTries(int Wrong, DateTimeOffset Since)
{
    /// <summary>A school of 300 behind one address, each of whom is wrong three times within the hour, passes.</summary>
    public const int Most = 1_200;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Until when nothing more is told to the network; null while it may try.</summary>
    public DateTimeOffset? ClosedUntil(DateTimeOffset now) => Wrong >= Most && now < Since + Window ? Since + Window : null;

    /// <summary>What is known once one more was wrong.</summary>
    public NetworkTries Next(DateTimeOffset now) => now < Since + Window ? this with { Wrong = Wrong + 1 } : new NetworkTries(1, now);
}
