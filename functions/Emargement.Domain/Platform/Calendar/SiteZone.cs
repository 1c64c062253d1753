using System.Diagnostics.CodeAnalysis;

namespace Emargement.Domain.Platform.Calendar;

/// <summary>The time zone of a site (IANA name, Europe/Paris unless set): the one place where instants and local times meet.</summary>
public sealed class SiteZone : IEquatable<SiteZone>
{
    private readonly TimeZoneInfo _zone;

    private SiteZone(TimeZoneInfo zone) => _zone = zone;

    public static SiteZone Paris { get; } = Parse("Europe/Paris");

    public string Name => _zone.Id;

    public static SiteZone Parse(string name) =>
        TryParse(name, out var zone)
            ? zone
            : throw new FormatException($"'{name}' is not a known time zone; use an IANA name such as Europe/Paris.");

    public static bool TryParse([NotNullWhen(true)] string? name, [NotNullWhen(true)] out SiteZone? zone)
    {
        zone = name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? new SiteZone(found) : null;
        return zone is not null;
    }

    public DateTimeOffset ToLocal(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone);

    public DateOnly DateAt(DateTimeOffset instant) => DateOnly.FromDateTime(ToLocal(instant).DateTime);

    /// <summary>The instant of a local wall-clock time. A time that the spring change skips becomes the same distance after the change;
    /// one that the autumn change repeats is its first occurrence.</summary>
    public DateTimeOffset ToInstant(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        if (_zone.IsInvalidTime(local))
        {
            local = local.AddHours(1);
        }

        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>Whether the spring change skips this wall-clock time on that day: no clock ever showed it.</summary>
    public bool IsSkipped(DateOnly date, TimeOnly time) => _zone.IsInvalidTime(date.ToDateTime(time));

    /// <summary>Whether the autumn change shows this wall-clock time twice on that day.</summary>
    public bool IsDoubled(DateOnly date, TimeOnly time) => _zone.IsAmbiguousTime(date.ToDateTime(time));

    public bool Equals(SiteZone? other) => other is not null && other.Name == Name;

    public override bool Equals(object? obj) => Equals(obj as SiteZone);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
