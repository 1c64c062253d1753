using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Tutors;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Web.Placements;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Placements;

/// <summary>The tutor's page, without an account.</summary>
public sealed class TutorPageFunctions(TutorAccess access, ShowTutorHours show)
{
    /// <summary>The tutor's hours. Opening the page changes nothing, since mail scanners open links too.</summary>
    [Function("ShowTutorPage")]
    [Public("The tutor has no account; the link is the permission.")]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "t/{secret}")] HttpRequest request, CancellationToken cancellation)
    {
        var (secret, url) = (request.RouteText("secret"), TutorRoute.Url(request.RouteText("secret")));
        var scene = await access.OpenAsync(secret, cancellation);
        if (!scene.IsOk)
        {
            return await RefuseAsync(request, url, scene.Refusal);
        }

        var model = await show.RunAsync(scene.Value, url, cancellation);
        return await request.PageAsync<TutorPage, TutorModel>(scene.Value.File.Organisation, model, own: scene.Value.Tutor.Language);
    }

    private static Task<IResult> RefuseAsync(HttpRequest request, string url, Refusal refusal)
    {
        var why = request.Texts().Refusal(refusal);
        var model = new TutorModel(url, why, refusal.Code == "link-expired", "", "", "", default, default, [], []);
        return request.PageAsync<TutorPage, TutorModel>(null, model, Problem.StatusOf(refusal.Kind));
    }
}
