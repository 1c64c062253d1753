namespace Emargement.Domain.Platform;

/// <summary>Mails that may be sent from an instant on.</summary>
public sealed record MailTurn(DateTimeOffset At, int Count);

/// <summary>
/// What has been promised of a provider's limits: mails of one minute and of one hour,
/// both counted from the clock's full minute and hour.
/// </summary>
/// <param name="Minute">The last minute in which mails were promised.</param>
public sealed record MailPace(DateTimeOffset Minute, int InMinute, int InHour)
{
    public static MailPace None { get; } = new(DateTimeOffset.MinValue, 0, 0);

    /// <summary>Promises places to so many mails, the earliest that the limits leave.</summary>
    /// <returns>What is promised from now on, and when how many may go, in order.</returns>
    public (MailPace Next, IReadOnlyList<MailTurn> Turns) Reserve(int count, DateTimeOffset now, int perMinute, int perHour)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perMinute, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(perHour, 1);
        var (minute, inMinute, inHour) = this;
        var turns = new List<MailTurn>();
        Move(Floor(now, TimeSpan.FromMinutes(1)));
        for (var left = count; left > 0;)
        {
            if (inHour >= perHour)
            {
                Move(Floor(minute, TimeSpan.FromHours(1)).AddHours(1));
            }
            else if (inMinute >= perMinute)
            {
                Move(minute.AddMinutes(1));
            }

            var taken = Math.Min(left, Math.Min(perMinute - inMinute, perHour - inHour));
            if (taken > 0)
            {
                turns.Add(new MailTurn(minute > now ? minute : now, taken));
                (inMinute, inHour, left) = (inMinute + taken, inHour + taken, left - taken);
            }
        }

        return (new MailPace(minute, inMinute, inHour), turns);

        void Move(DateTimeOffset to)
        {
            if (to > minute)
            {
                inHour = Floor(to, TimeSpan.FromHours(1)) > Floor(minute, TimeSpan.FromHours(1)) ? 0 : inHour;
                (minute, inMinute) = (to, 0);
            }
        }
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

    private static DateTimeOffset Floor(DateTimeOffset instant, TimeSpan unit) =>
        new(instant.UtcTicks - (instant.UtcTicks % unit.Ticks), TimeSpan.Zero);
}
