using Emargement.Functions.Months.Runs;
using Emargement.Functions.Months.Settling;
using Emargement.Functions.Months.Validation;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;
using Emargement.Web.Months;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Months;

/// <summary>« À régler ».</summary>
public sealed class SettlePageFunctions(
    OrganisationSettings organisations, ShowSettlePage show, ShowMonthPage months, ConfirmTakeover confirm, MonthRuns runs)
{
    private const string Route = "o/{org}/settle";

    /// <summary>What waits for a person.</summary>
    [Function("ShowSettlePage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<SettlePage, SettleModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => show.RunAsync(
                organisation, PendingQuery.Of(request), request.Query.ContainsKey("started"), request.Texts(), cancellation));

    /// <summary>Looks again at what waits in the month of now.</summary>
    [Function("RefreshSettleByForm")]
    [Access(Callers.Manager, PerMinute = 10)]
    [Page]
    public async Task<IResult> Refresh(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        var started = await organisation.ThenAsync(
            found => runs.StartAsync(client, MonthRun.Of(found.Id, months.Current(found)), cancellation));
        return started.IsOk
            ? Results.Redirect($"/o/{organisation.Value!.Id}/settle?started")
            : await request.RefusalPageAsync(organisation.Value, started.Refusal);
    }

    /// <summary>Confirms that a trainer took over a colleague's half-day.</summary>
    [Function("ConfirmTakeoverByForm")]
    [Access(Callers.Manager)]
    [Page(Of = Route)]
    public async Task<IResult> Confirm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "o/{org}/sessions/{session}/confirmation")] HttpRequest request,
        CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        var confirmed = await organisation.ThenAsync(found => SessionRoute.Of(request)
            .ThenAsync(session => confirm.RunAsync(found, session.Id, request.Caller(), cancellation)));
        return confirmed.IsOk
            ? Results.Redirect($"/o/{organisation.Value!.Id}/settle")
            : await request.RefusalPageAsync(organisation.Value, confirmed.Refusal);
    }
}
