namespace Emargement.Domain.Platform;

/// <summary>
/// Wrong tries of one network in one way to guess, whoever they name: somebody who tries one password on everybody locks no single path.
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
