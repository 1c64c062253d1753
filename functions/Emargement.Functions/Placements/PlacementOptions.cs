using System.ComponentModel.DataAnnotations;

namespace Emargement.Functions.Placements;

/// <summary>Weeks in companies.</summary>
public sealed class PlacementOptions
{
    public const string Section = "Placements";

    /// <summary>Days after which a tutor's link opens nothing any more; the page then offers a new one, to the same address.</summary>
    [Range(1, 365, ErrorMessage = "Placements__LinkDays is a number of days, 1 to 365.")]
    public int LinkDays { get; set; } = 45;

    /// <summary>For trying the service out only: each day of a placement lasts so many seconds, from its creation on. Never set where
    /// placements are real.</summary>
    [Range(1, 3600, ErrorMessage = "Placements__RehearsalDaySeconds is 1 to 3600 seconds; leave it out where placements are real.")]
    public double? RehearsalDaySeconds { get; set; }
}
