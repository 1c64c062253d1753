using Emargement.Domain.Placements;

namespace Emargement.Web.Placements;

/// <summary>How the state of a placement looks: a tone, a shape and the key of its word.</summary>
internal static class PlacementLook
{
    public static (string? Tone, string Shape, string Word) Of(PlacementProgressState state)
    {
        var (tone, shape) = state switch
        {
            PlacementProgressState.Sealed => ("present", "check"),
            PlacementProgressState.TutorSilent => ("absent", "warning"),
            PlacementProgressState.DeclarationLate or PlacementProgressState.Disputed => ("late", "warning"),
            PlacementProgressState.WaitingForTutor or PlacementProgressState.InProgress => ("open", "waiting"),
            _ => ((string?)null, "waiting"),
        };
        return (tone, shape, $"placements.state.{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString())}");
    }

    /// <summary>Where a week stands, by its least advanced day.</summary>
    public static (string? Tone, string Shape, string Word) Of(PlacementWeekModel week) =>
        week.Settled ? ("present", "check", "manage.week.validated")
        : week.Days.Any(d => d.Phase == DayPhase.Disputed) ? ("late", "warning", "manage.week.disputed")
        : week.Days.Any(d => d is { Phase: DayPhase.Undeclared, ToCome: false }) ? ("late", "warning", "manage.week.undeclared")
        : week.Days.Any(d => d.ToCome) ? (null, "waiting", "manage.week.to-come")
        : ("open", "waiting", "manage.week.declared");
}
