using Emargement.Domain.Platform.Calendar;

namespace Emargement.Domain.Placements;

/// <summary>Turns a placement's days and hours into instants. A rehearsal runs the same calendar with short days, so that a whole placement
/// can be tried in minutes.</summary>
public sealed class PlacementClock
{
    private readonly SiteZone _zone;
    private readonly (DateOnly Day, DateTimeOffset Instant, TimeSpan Length)? _rehearsal;

    private PlacementClock(SiteZone zone, (DateOnly, DateTimeOffset, TimeSpan)? rehearsal) => (_zone, _rehearsal) = (zone, rehearsal);

    public static PlacementClock Of(SiteZone zone) => new(zone, null);

    /// <param name="firstDay">The placement's first day as first planned, which starts at <paramref name="start"/>.</param>
    /// <param name="dayLength">How long one day lasts: for trying the service out, never for a real placement.</param>
    public static PlacementClock Rehearsal(SiteZone zone, DateOnly firstDay, DateTimeOffset start, TimeSpan dayLength) =>
        new(zone, (firstDay, start, dayLength));

    public DateTimeOffset At(DateOnly day, TimeOnly time) => _rehearsal is { } r
        ? r.Instant + (r.Length * (day.DayNumber - r.Day.DayNumber)) + (r.Length * (time.ToTimeSpan() / TimeSpan.FromDays(1)))
        : _zone.ToInstant(day, time);

    /// <summary>So many days later, at the same local time: a clock change between does not move it.</summary>
    public DateTimeOffset Plus(DateTimeOffset instant, int days)
    {
        if (_rehearsal is { } r)
        {
            return instant + (r.Length * days);
        }

        var local = _zone.ToLocal(instant);
        return _zone.ToInstant(DateOnly.FromDateTime(local.DateTime).AddDays(days), TimeOnly.FromDateTime(local.DateTime));
    }

    public DateOnly DateAt(DateTimeOffset instant) => _rehearsal is { } r
        ? r.Day.AddDays((int)Math.Floor((instant - r.Instant) / r.Length))
        : _zone.DateAt(instant);
}
