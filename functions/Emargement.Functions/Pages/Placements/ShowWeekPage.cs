using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Placements;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Placements;

/// <summary><c>GET o/{org}/placements/{placement}/week?week=</c>: a week to declare; the first that misses something unless one is named.</summary>
public sealed class ShowWeekPage(PlacementFiles files, LearnersTable learners, TimeProvider time)
{
    [Function("ShowWeekPage")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    [Page]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/placements/{placement}/week")] HttpRequest request, string org, string placement, CancellationToken cancellation)
    {
        var route = PlacementRoute.Parse(org, placement);
        var read = route.IsOk ? await files.ReadAsync(route.Value.Organisation, route.Value.Placement, cancellation) : route.Refusal;
        if (!read.IsOk || PlacementPeople.Check(request.Caller(), read.Value) is not null)
        {
            return await request.RefusalPageAsync(read.Value?.Organisation, read.Refusal ?? Refusal.Forbidden("not-your-placement"));
        }

        var file = read.Value;
        var (terms, today) = (file.State.Placement.Terms, file.Clock.DateAt(time.GetUtcNow()));
        var weeks = IsoWeek.Between(terms.FirstDay, terms.LastDay).ToList();
        var at = IsoWeek.TryParse(request.Query["week"], out var asked) ? weeks.IndexOf(asked) : weeks.FindIndex(w => Misses(file, w, today));
        at = at >= 0 ? at : Math.Max(0, weeks.FindLastIndex(w => w.Monday <= today));
        var learner = await learners.FindAsync(file.Organisation.Id, file.State.Placement.LearnerRef, cancellation);
        var url = $"/o/{org}/placements/{placement}/week?week=";
        var model = new DeclareModel(
            $"/api/organisations/{org}/placements/{placement}/weeks/{weeks[at]}",
            terms.Company,
            learner is null ? file.State.Placement.LearnerRef.Value : $"{learner.Value.FirstName} {learner.Value.LastName}",
            PlacementModelOf.Week(file, weeks[at], today),
            terms.MinutesADay,
            at > 0 ? url + weeks[at - 1] : null,
            at < weeks.Count - 1 ? url + weeks[at + 1] : null);
        return await request.PageAsync<DeclarePage, DeclareModel>(file.Organisation, model);
    }

    private static bool Misses(PlacementFile file, IsoWeek week, DateOnly today) =>
        new DayRange(week.Monday, week.Sunday).Days().Any(d =>
            d <= today && (file.State.Day(d).Phase == DayPhase.Disputed || (file.Calendar.IsExpected(d) && file.State.Day(d).Phase == DayPhase.Undeclared)));
}
