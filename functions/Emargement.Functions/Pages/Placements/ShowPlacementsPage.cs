using Emargement.Domain.Placements;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Placements;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Placements;

/// <summary><c>GET o/{org}/placements</c>: the placements with their state, what needs a hand first; a learner's own.</summary>
public sealed class ShowPlacementsPage(OrganisationSettings organisations, ListPlacements list)
{
    [Function("ShowPlacementsPage")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    [Page]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/placements")] HttpRequest request, string org, CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(org, cancellation);
        if (!organisation.IsOk)
        {
            return await request.RefusalPageAsync(null, organisation.Refusal);
        }

        var page = await list.ListAsync(organisation.Value.Id, request.Caller(), request.Query["continuation"], cancellation);
        var rows = page.Items
            .OrderBy(p => Urgency(p.Progress.State))
            .ThenBy(p => p.LearnerName, StringComparer.Ordinal)
            .Select(p => new PlacementRowModel(
                $"/o/{org}/placements/{p.Id}", p.LearnerName, p.Company, p.FirstDay, p.LastDay, p.Progress.State,
                p.Progress.WeeksExpected, p.Progress.WeeksDeclared, p.Progress.WeeksValidated, p.Progress.WeeksLate, p.Progress.TutorAskedAt));
        var more = page.Continuation is { } next ? $"/o/{org}/placements?continuation={Uri.EscapeDataString(next)}" : null;
        return await request.PageAsync<PlacementsPage, PlacementsModel>(organisation.Value, new PlacementsModel(organisation.Value.Id, [.. rows], more, request.Caller().Kind == Callers.Manager));
    }

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
