namespace Emargement.Domain.Platform;

/// <summary>Mails that may be sent from an instant on.</summary>
public sealed record MailTurn(DateTimeOffset At, int Count);

/// <summary>What has been promised of a provider's limits: mails of one minute and of one hour, both counted from the clock's full minute and hour.</summary>
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

    private static DateTimeOffset Floor(DateTimeOffset instant, TimeSpan unit) => new(instant.UtcTicks - (instant.UtcTicks % unit.Ticks), TimeSpan.Zero);
}
