using Emargement.Domain.Placements;
using Emargement.Functions.Placements.Tutors;
using Emargement.Web.Placements;

namespace Emargement.Functions.Pages.Placements;

/// <summary>Makes what a tutor's page shows: the days that are theirs, and the documents of their periods.</summary>
public sealed class ShowTutorHours(TutorViews views, TimeProvider time)
{
    /// <param name="url">Where the page reaches the same in the API.</param>
    public async Task<TutorModel> RunAsync(TutorScene scene, string url, CancellationToken cancellation)
    {
        var (file, view) = (scene.File, await views.OfAsync(scene, cancellation));
        var today = file.Clock.DateAt(time.GetUtcNow());
        var periods = file.Calendar.Periods().Where(p => p.First <= view.LastDay && view.FirstDay <= p.Last);
        var weeks = ShownHours.Weeks(file, view.FirstDay, view.LastDay, today);
        var validated = file.State.Facts.OfType<Validated>().LastOrDefault(v => v.By == TutorStatements.By(scene.Tutor));
        return new TutorModel(
            url,
            null,
            false,
            view.Tutor,
            view.Learner,
            view.Company,
            view.FirstDay,
            view.LastDay,
            weeks,
            ShownHours.Documents(file, periods, url, today))
        {
            ValidatedAt = weeks.Any(w => w.ToValidate) ? null : validated?.At,
        };
    }
}
