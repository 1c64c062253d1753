using Emargement.Functions.Placements.Tutors;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Web.Placements;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Placements;

/// <summary><c>GET t/{secret}</c>: the tutor's page, without an account. Opening it changes nothing, since mail scanners open links too.</summary>
public sealed class ShowTutorPage(TutorAccess access, TutorNames names, TimeProvider time)
{
    [Function("ShowTutorPage")]
    [Public("The tutor has no account; the link is the permission.")]
    [Page]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "t/{secret}")] HttpRequest request, string secret, CancellationToken cancellation)
    {
        var url = $"/api/tutor/{secret}";
        var scene = await access.OpenAsync(secret, cancellation);
        if (!scene.IsOk)
        {
            var refused = new TutorModel(url, request.Texts().Refusal(scene.Refusal), scene.Refusal.Code == "link-expired", "", "", "", default, default, [], []);
            return await request.PageAsync<TutorPage, TutorModel>(null, refused, Problem.StatusOf(scene.Refusal.Kind));
        }

        var (file, view) = (scene.Value.File, await names.ViewAsync(scene.Value, cancellation));
        var weeks = PlacementModelOf.Weeks(file, view.FirstDay, view.LastDay, file.Clock.DateAt(time.GetUtcNow()));
        var periods = file.Calendar.Periods().Where(p => p.First <= view.LastDay && view.FirstDay <= p.Last);
        var documents = PlacementModelOf.Documents(file, periods, url, file.Clock.DateAt(time.GetUtcNow()));
        return await request.PageAsync<TutorPage, TutorModel>(
            file.Organisation, new TutorModel(url, null, false, view.Tutor, view.Learner, view.Company, view.FirstDay, view.LastDay, weeks, documents), own: view.Language);
    }
}
