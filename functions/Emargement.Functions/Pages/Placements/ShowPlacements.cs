using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Placements;

namespace Emargement.Functions.Pages.Placements;

/// <summary>Makes what the list of placements shows: what needs a hand first.</summary>
public sealed class ShowPlacements(ListPlacements list)
{
    public async Task<Result<PlacementsModel>> RunAsync(
        OrganisationId organisation, Caller caller, string? continuation, CancellationToken cancellation)
    {
        var page = await list.RunAsync(organisation, caller, continuation, cancellation);
        if (!page.IsOk)
        {
            return page.Refusal;
        }

        var address = $"/o/{organisation}/placements";
        var rows = page.Value.Items
            .OrderBy(p => Urgency(p.Progress.State))
            .ThenBy(p => p.LearnerName, StringComparer.Ordinal)
            .Select(p => Row($"{address}/{p.Id}", p));
        var more = page.Value.Continuation is { } next ? $"{address}?continuation={Uri.EscapeDataString(next)}" : null;
        return new PlacementsModel(organisation, [.. rows], more, caller.Kind == Callers.Manager);
    }

    private static PlacementRowModel Row(string url, PlacementLine p) => new(
        url,
        p.LearnerName,
        p.Company,
        p.FirstDay,
        p.LastDay,
        p.Progress.State,
        p.Progress.WeeksExpected,
        p.Progress.WeeksDeclared,
        p.Progress.WeeksValidated,
        p.Progress.WeeksLate,
        p.Progress.TutorAskedAt);

    private static int Urgency(PlacementProgressState state) => state switch
    {
        PlacementProgressState.TutorSilent => 0,
        PlacementProgressState.DeclarationLate => 1,
        PlacementProgressState.Disputed => 2,
        PlacementProgressState.WaitingForTutor => 3,
        PlacementProgressState.InProgress => 4,
        PlacementProgressState.ToCome => 5,
        _ => 6,
    };
}
