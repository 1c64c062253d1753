using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Web.Placements;
using Emargement.Web.Placements.Following;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Placements;

/// <summary>The pages of placements: the list, the form for a new one, one as the organisation follows it, a week to declare.</summary>
public sealed class PlacementPageFunctions(
    OrganisationSettings organisations, ShowPlacements showAll, ShowNewPlacement showNew, ShowPlacement showOne, ShowWeek showWeek)
{
    private const string All = "o/{org}/placements";
    private const string Placement = All + "/{placement}";

    /// <summary>The placements with their state, what needs a hand first; a learner's own.</summary>
    [Function("ShowPlacementsPage")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    [Page]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        ShowAsync<PlacementsPage, PlacementsModel>(
            request,
            organisation => showAll.RunAsync(organisation.Id, request.Caller(), request.Query["continuation"], cancellation),
            cancellation);

    /// <summary>Finds a learner by name or reference (<c>q</c>), then shows the form of a placement for one of their enrolments.</summary>
    [Function("ShowNewPlacementPage")]
    [Access(Callers.Manager)]
    [Page]
    public Task<IResult> New(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/new-placement")] HttpRequest request,
        CancellationToken cancellation) =>
        ShowAsync<NewPlacementPage, NewPlacementModel>(
            request,
            organisation => showNew.RunAsync(organisation.Id, request.Query["q"], request.Query["learner"], cancellation),
            cancellation);

    /// <summary>The placement as the organisation follows and changes it; a learner is led to the week to declare.</summary>
    [Function("ShowPlacementPage")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    [Page]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Placement)] HttpRequest request, CancellationToken cancellation) =>
        request.Caller().Kind == Callers.Learner
            ? Results.Redirect($"/o/{request.RouteText("org")}/placements/{request.RouteText("placement")}/week")
            : await ShowAsync<PlacementPage, PlacementPageModel>(
                request,
                _ => showOne.RunAsync(PlacementRoute.Of(request), request.Caller(), request.Texts(), request.Query["did"], cancellation),
                cancellation);

    /// <summary>
    /// A week to declare: the one that <c>week</c> names, else the first that misses something. The staff hand their device over with it.
    /// </summary>
    [Function("ShowWeekPage")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Tablet)]
    [Page]
    public Task<IResult> Week(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Placement + "/week")] HttpRequest request,
        CancellationToken cancellation) =>
        ShowAsync<DeclarePage, DeclareModel>(
            request,
            _ => showWeek.RunAsync(
                PlacementRoute.Of(request), request.Caller(), request.Query["week"], cancellation, request.Query["done"]),
            cancellation);

    private async Task<IResult> ShowAsync<TPage, TModel>(
        HttpRequest request, Func<Organisation, Task<Result<TModel>>> show, CancellationToken cancellation)
        where TPage : PageComponent<TModel>
        where TModel : class =>
        await request.ShowAsync<TPage, TModel>(await organisations.GetAsync(request.RouteText("org"), cancellation), show);
}
