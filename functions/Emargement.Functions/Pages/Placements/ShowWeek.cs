using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Web.Placements;

namespace Emargement.Functions.Pages.Placements;

/// <summary>Makes what the page of a week to declare shows.</summary>
public sealed class ShowWeek(PlacementFiles files, LearnersTable learners, TimeProvider time)
{
    /// <param name="asked">The week, such as 2026-W48; the first that misses something when it names none.</param>
    /// <param name="done">What the page comes after: <c>declared</c> or <c>maintained</c>.</param>
    public async Task<Result<DeclareModel>> RunAsync(
        Result<Route<PlacementId>> route, Caller caller, string? asked, CancellationToken cancellation, string? done = null)
    {
        var file = route.IsOk ? await files.OpenAsync(route.Value, caller, cancellation) : route.Refusal;
        if (!file.IsOk)
        {
            return file.Refusal;
        }

        var model = await ModelAsync(file.Value, caller, caller.Week?.Week.ToString() ?? asked, cancellation);
        return model with
        {
            JustDeclared = done == "declared" && model.IsLearners && model.Week.Days.Any(d => d.Phase != DayPhase.Undeclared),
            JustMaintained = done == "maintained" && model.Week.Days.Any(d => d.Maintained),
        };
    }

    private async Task<DeclareModel> ModelAsync(PlacementFile file, Caller caller, string? asked, CancellationToken cancellation)
    {
        var (terms, today) = (file.State.Placement.Terms, file.Clock.DateAt(time.GetUtcNow()));
        var weeks = IsoWeek.Between(terms.FirstDay, terms.LastDay).ToList();
        var at = IsoWeek.TryParse(asked, out var named) ? weeks.IndexOf(named) : weeks.FindIndex(w => Misses(file, w, today));
        at = at >= 0 ? at : Math.Max(0, weeks.FindLastIndex(w => w.Monday <= today));
        var learner = await learners.FindAsync(file.Organisation.Id, file.State.Placement.LearnerRef, cancellation);
        var placement = $"/o/{file.Organisation.Id}/placements/{file.Id}";
        var page = $"{placement}/week?week=";
        var handed = caller.Kind == Callers.Tablet;
        return new DeclareModel(
            $"{PlacementRoute.Url(file.Organisation.Id, file.Id)}/weeks/{weeks[at]}",
            terms.Company,
            learner is null ? file.State.Placement.LearnerRef.Value : $"{learner.Value.FirstName} {learner.Value.LastName}",
            ShownHours.Week(file, weeks[at], today),
            terms.MinutesADay,
            at > 0 && !handed ? page + weeks[at - 1] : null,
            at < weeks.Count - 1 && !handed ? page + weeks[at + 1] : null,
            handed ? WeekDevice.HandedOver : caller.Kind == Callers.Learner ? WeekDevice.Own : WeekDevice.OfStaff,
            placement);
    }

    private static bool Misses(PlacementFile file, IsoWeek week, DateOnly today) =>
        new DayRange(week.Monday, week.Sunday).Days().Any(d => d <= today && file.State.Day(d).Phase switch
        {
            DayPhase.Disputed => true,
            DayPhase.Undeclared => file.Calendar.IsExpected(d),
            _ => false,
        });
}
