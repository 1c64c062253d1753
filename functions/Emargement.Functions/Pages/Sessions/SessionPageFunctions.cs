using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Emargement.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Sessions;

/// <summary>The pages of those who lead Sessions: a day, and one Session.</summary>
public sealed class SessionPageFunctions(
    OrganisationSettings organisations, ShowToday showToday, ShowSession showSession, PublicAddress address)
{
    /// <summary>The sessions of a day, with how many signed and what needs a hand.</summary>
    [Function("ShowTodayPage")]
    [Access(Callers.Trainer | Callers.Manager)]
    [Page]
    public async Task<IResult> Today(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/today")] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<TodayPage, TodayModel>(
            await organisations.GetAsync(request.RouteText("org"), cancellation),
            async organisation => (await showToday.RunAsync(organisation, request.Query["date"], request.Caller(), cancellation)).Then(
                shown => shown.Filtered(request.Query["show"], request.Query["group"])));

    /// <summary>The trainer's page of one Session, from opening to the sealed sheet.</summary>
    [Function("ShowSessionPage")]
    [Access(Callers.Trainer | Callers.Manager)]
    [Page]
    public async Task<IResult> Session(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/sessions/{session}")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<SessionPage, SessionModel>(
            await organisations.GetAsync(request.RouteText("org"), cancellation),
            _ => SessionRoute.Of(request)
                .ThenAsync(session => showSession.RunAsync(session, request.Caller(), address.Of(request), request.Texts(), cancellation)));
}
