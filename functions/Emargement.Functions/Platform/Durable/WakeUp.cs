namespace Emargement.Functions.Platform.Durable;

/// <summary>
/// When to set a durable timer. The queue behind it counts whole seconds and lets it fire up to one second early; whoever it wakes
/// decides by the clock, and
/// would have to wait once more. So a wake-up is the whole second after, and one second on.
/// </summary>
public static class WakeUp
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    /// <summary>A timer set for this never fires before the instant.</summary>
    public static DateTimeOffset For(DateTimeOffset due) => new(RoundedUp(due.UtcTicks) + Early.Ticks, TimeSpan.Zero);

    /// <summary>A timer set so far from now never fires before that has passed.</summary>
    public static TimeSpan For(TimeSpan wait) => TimeSpan.FromTicks(RoundedUp(wait.Ticks)) + Early;

    private static long RoundedUp(long ticks) => (ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond;
}
