using Emargement.Domain.People;

namespace Emargement.Domain.Planning.Import;

/// <summary>When an organisation's nightly import is due. The hour is local: the run is named by its local date, so clock changes neither
/// skip nor double it.</summary>
public static class NightSchedule
{
    /// <summary>When the next night's import begins, UTC.</summary>
    public static DateTimeOffset Next(Organisation organisation, DateTimeOffset now) =>
        organisation.Zone.ToInstant(LastDue(organisation, now).AddDays(1), organisation.ImportAt);

    /// <summary>The local date of the last import hour that has struck. Its run may be late; when it is done there is nothing to do until
    /// the next.</summary>
    public static DateOnly LastDue(Organisation organisation, DateTimeOffset now)
    {
        var local = organisation.Zone.ToLocal(now);
        var today = DateOnly.FromDateTime(local.DateTime);
        return TimeOnly.FromDateTime(local.DateTime) >= organisation.ImportAt ? today : today.AddDays(-1);
    }
}
