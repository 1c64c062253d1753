using System.Globalization;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements;

/// <summary>Changing and cancelling a placement by a person; <c>PlacementImport</c> does it for a planning file.</summary>
public static class PlacementPlanning
{
    /// <summary>Changes the terms from the version that the caller had read: extends, shortens, changes tutor,
    /// adds a week of holidays.</summary>
    public static Result<Planned> Change(
        PlacementState state, int version, PlacementTerms terms, string? reason, string by, DateTimeOffset now)
    {
        if (Refuse(state, version, reason) is { } refusal)
        {
            return refusal;
        }

        if (terms.Check() is { } wrong)
        {
            return wrong;
        }

        return LosesValidated(state, terms) is { } lost
            ? lost
            : Next(state, by, now) with { Terms = terms, Reason = PlainText.Of(reason) };
    }

    public static Result<Planned> Cancel(PlacementState state, int version, string? reason, string by, DateTimeOffset now) =>
        Refuse(state, version, reason) is { } refusal
            ? refusal
            : Next(state, by, now) with { Cancelled = true, Reason = PlainText.Of(reason) };

    /// <summary>The next version, with the terms as they are.</summary>
    internal static Planned Next(PlacementState state, string by, DateTimeOffset now) => new()
    {
        At = now,
        By = by,
        Version = state.Placement.Version + 1,
        Organisation = state.Placement.Organisation,
        Learner = state.Placement.LearnerRef,
        Training = state.Placement.TrainingRef,
        Group = state.Placement.Group,
        Terms = state.Placement.Terms,
    };

    /// <summary>What a tutor signed stays in the placement; a shorter one may only drop what nobody validated.</summary>
    internal static Refusal? LosesValidated(PlacementState state, PlacementTerms terms) =>
        state.Days.FirstOrDefault(d => d.Phase == DayPhase.Settled && !terms.Contains(d.Date)) is { } lost
            ? Refusal.Conflict("placement-day-validated", ("day", lost.Date.ToString("O", CultureInfo.InvariantCulture)))
            : null;

    private static Refusal? Refuse(PlacementState state, int version, string? reason)
    {
        if (state.Placement.Cancelled)
        {
            return Refusal.Conflict("placement-cancelled");
        }

        if (version != state.Placement.Version)
        {
            return Refusal.Of("placement-changed", RefusalKind.PreconditionFailed);
        }

        return PlacementText.IsReason(reason) ? null : Refusal.BadInput("reason-missing");
    }
}

internal static class PlacementText
{
    public static bool IsReason(string? text) => PlainText.Within(text, DayLimits.Text) is not null;
}
