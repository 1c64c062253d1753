using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Hand;
using Emargement.Web.Sessions.Hand;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Sessions.Hand;

/// <summary>A trainer's week, what they have left open, and colleagues' Sessions that they may take over or countersign.</summary>
public sealed class TrainerPageFunctions(
    OrganisationSettings organisations, ShowWeekOfTrainer showWeek, ShowUnclosed showUnclosed, ShowTakeovers showTakeovers,
    TakeOverSession takeOver, CountersignSession countersign, SealStarter seal)
{
    /// <summary>Seven days.</summary>
    [Function("ShowWeekOfTrainerPage")]
    [Access(Callers.Trainer | Callers.Manager)]
    [Page]
    public async Task<IResult> Week(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/week")] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<WeekPage, WeekModel>(
            await organisations.GetAsync(request.RouteText("org"), cancellation),
            organisation => showWeek.RunAsync(organisation, request.Query["date"], request.Caller(), cancellation));

    /// <summary>Sessions whose end has passed and that are open still.</summary>
    [Function("ShowUnclosedPage")]
    [Access(Callers.Trainer | Callers.Manager)]
    [Page]
    public async Task<IResult> Unclosed(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/unclosed")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<UnclosedPage, UnclosedModel>(
            await organisations.GetAsync(request.RouteText("org"), cancellation),
            organisation => showUnclosed.RunAsync(organisation, request.Caller(), cancellation));

    /// <summary>Colleagues' Sessions that nobody has opened.</summary>
    [Function("ShowTakeoversPage")]
    [Access(Callers.Trainer)]
    [Page]
    public async Task<IResult> Takeovers(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/takeover")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<TakeoverPage, TakeoverModel>(
            await organisations.GetAsync(request.RouteText("org"), cancellation),
            organisation => showTakeovers.RunAsync(organisation, request.Caller(), cancellation));

    /// <summary>Takes one over.</summary>
    [Function("TakeOverSessionByForm")]
    [Access(Callers.Trainer)]
    [Page(Of = "o/{org}/takeover")]
    public Task<IResult> TakeOver(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "o/{org}/sessions/{session}/takeover")] HttpRequest request,
        CancellationToken cancellation) =>
        ActAsync(
            request,
            (session, _) => takeOver.RunAsync(session.Organisation, session.Id, request.Caller(), cancellation),
            cancellation);

    /// <summary>Signs, by name, what somebody else closed.</summary>
    [Function("CountersignSessionByForm")]
    [Access(Callers.Trainer)]
    [Page(Of = "o/{org}/sessions/{session}")]
    public Task<IResult> Countersign(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "o/{org}/sessions/{session}/countersign")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        ActAsync(request, (session, form) => SignAsync(request, session, form, client, cancellation), cancellation);

    private Task<Result<Domain.Sessions.Countersigned>> SignAsync(
        HttpRequest request, Route<Domain.Sessions.SessionId> session, FormFields form, DurableTaskClient client,
        CancellationToken cancellation) =>
        countersign
            .RunAsync(
                session.Organisation, session.Id, new CountersignRequest(TypedName: form.Text("typedName")), request.Caller(),
                cancellation)
            .ThenAsync(signed => seal.StartAsync(client, signed, cancellation));

    private Task<IResult> ActAsync<T>(
        HttpRequest request, Func<Route<Domain.Sessions.SessionId>, FormFields, Task<Result<T>>> act, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.GetAsync(request.RouteText("org"), cancellation),
            (organisation, form) => AnswerAsync(request, organisation, SessionRoute.Of(request).ThenAsync(s => act(s, form))),
            cancellation);

    private static async Task<IResult> AnswerAsync<T>(HttpRequest request, Organisation organisation, Task<Result<T>> act)
    {
        var done = await act;
        return done.IsOk
            ? Results.Redirect($"/o/{organisation.Id}/sessions/{request.RouteText("session")}")
            : await request.RefusalPageAsync(organisation, done.Refusal);
    }
}
