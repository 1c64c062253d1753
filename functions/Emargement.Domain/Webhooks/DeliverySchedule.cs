using System.Security.Cryptography;
using System.Text;

namespace Emargement.Domain.Webhooks;

/// <summary>What an endpoint's answer means.</summary>
public enum DeliveryVerdict
{
    Delivered,

    /// <summary>It is tried again later.</summary>
    Again,

    /// <summary>The endpoint says that it wants nothing any more (410).</summary>
    Gone,
}

/// <summary>When a delivery is tried again: ten tries in three days, as Standard Webhooks 1.0.0 gives for an example.</summary>
public static class DeliverySchedule
{
    /// <summary>Tries of one delivery.</summary>
    public const int Tries = 10;

    /// <summary>Deliveries in a row that were given up, after which an endpoint is told nothing more.</summary>
    public const int GivenUpInARow = 5;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), Longest,
    ];

    /// <param name="status">Of HTTP; null where there was no answer.</param>
    public static DeliveryVerdict Judge(int? status) => status switch
    {
        >= 200 and < 300 => DeliveryVerdict.Delivered,
        410 => DeliveryVerdict.Gone,
        _ => DeliveryVerdict.Again,
    };

    /// <summary>When to try next.</summary>
    /// <param name="id">Of the event: it spreads the waits by a tenth either way, the same for the same try.</param>
    /// <param name="made">Tries made, this one included.</param>
    /// <param name="asked">What the endpoint asked for (Retry-After); a day at most, and never sooner than otherwise.</param>
    /// <returns>Null when no try is left.</returns>
    public static DateTimeOffset? Next(string id, int made, DateTimeOffset now, TimeSpan? asked)
    {
        if (made >= Tries)
        {
            return null;
        }

        var drawn = SHA256.HashData(Encoding.UTF8.GetBytes($"{id}|{made}"))[0] / 255.0;
        var wait = Waits[made - 1] * (0.9 + (0.2 * drawn));
        var longer = asked is { } other && other > wait ? other : wait;
        return now + (longer < Longest * 1.1 ? longer : Longest * 1.1);
    }
}
