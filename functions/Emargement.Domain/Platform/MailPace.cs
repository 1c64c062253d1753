namespace Emargement.Domain.Platform;

/// <summary>Mails that may be sent from an instant on.</summary>
public sealed record MailTurn(DateTimeOffset At, int Count);

/// <summary>
/// What has been promised of a provider's limits: mails of one minute and of one hour,
/// both counted from the clock's full minute and hour.
/// </summary>
/// <param name="Minute">The last minute in which mails were promised.</param>
/// <param name="SpareInHour">Of those of the hour, the ones that may wait for all others.</param>
public sealed record MailPace(DateTimeOffset Minute, int InMinute, int InHour, int SpareInHour = 0)
{
    public static MailPace None { get; } = new(DateTimeOffset.MinValue, 0, 0);

    /// <summary>Promises places to so many mails, the earliest that the limits leave.</summary>
    /// <returns>What is promised from now on, and when how many may go, in order.</returns>
    public (MailPace Next, IReadOnlyList<MailTurn> Turns) Reserve(int count, DateTimeOffset now, int perMinute, int perHour)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perMinute, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(perHour, 1);
        var turns = new List<MailTurn>();
        var pace = MovedTo(Floor(now, TimeSpan.FromMinutes(1)));
        for (var left = count; left > 0;)
        {
            if (pace.InHour >= perHour)
            {
                pace = pace.MovedTo(Floor(pace.Minute, TimeSpan.FromHours(1)).AddHours(1));
            }
            else if (pace.InMinute >= perMinute)
            {
                pace = pace.MovedTo(pace.Minute.AddMinutes(1));
            }

            var taken = Math.Min(left, Math.Min(perMinute - pace.InMinute, perHour - pace.InHour));
            if (taken > 0)
            {
                turns.Add(new MailTurn(pace.Minute > now ? pace.Minute : now, taken));
                pace = pace with { InMinute = pace.InMinute + taken, InHour = pace.InHour + taken };
                left -= taken;
            }
        }

        return (pace, turns);
    }

    /// <summary>Promises places of the present minute to mails that may wait for all others: at most half of the hour's, and none while
    /// others wait for theirs.</summary>
    /// <returns>What is promised from now on, and how many may go.</returns>
    public (MailPace Next, int Taken) ReserveSpare(int count, DateTimeOffset now, int perMinute, int perHour)
    {
        var present = Floor(now, TimeSpan.FromMinutes(1));
        if (Minute > present)
        {
            return (this, 0);
        }

        var pace = MovedTo(present);
        int[] limits = [count, perMinute - pace.InMinute, perHour - pace.InHour, (perHour / 2) - pace.SpareInHour];
        var taken = Math.Max(0, limits.Min());
        return (pace with
        {
            InMinute = pace.InMinute + taken,
            InHour = pace.InHour + taken,
            SpareInHour = pace.SpareInHour + taken,
        }, taken);
    }

    /// <summary>
    /// Mails promised a place after the present minute. When places of later hours are promised,
    /// those of the present one are taken for used: they go in its first minutes.
    /// </summary>
    public int WaitingAfter(DateTimeOffset now, int perMinute, int perHour)
    {
        var (present, lastHour) = (Floor(now, TimeSpan.FromMinutes(1)), Floor(Minute, TimeSpan.FromHours(1)));
        if (Minute <= present)
        {
            return 0;
        }

        var presentHour = Floor(now, TimeSpan.FromHours(1));
        return lastHour == presentHour
            ? Math.Min(InHour, InMinute + ((int)((Minute - present).TotalMinutes - 1) * perMinute))
            : InHour + (((int)(lastHour - presentHour).TotalHours - 1) * perHour);
    }

    private MailPace MovedTo(DateTimeOffset minute) =>
        minute <= Minute ? this
        : Floor(minute, TimeSpan.FromHours(1)) > Floor(Minute, TimeSpan.FromHours(1)) ? new MailPace(minute, 0, 0)
        : this with { Minute = minute, InMinute = 0 };

    private static DateTimeOffset Floor(DateTimeOffset instant, TimeSpan unit) =>
        new(instant.UtcTicks - (instant.UtcTicks % unit.Ticks), TimeSpan.Zero);
}
