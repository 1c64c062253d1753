using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Telling;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Portal;
using Emargement.Functions.Region;
using Emargement.Web.Portal;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Portal;

/// <summary>An officer's months: every organisation's, one organisation's, and the answers to them. Forms need no script.</summary>
public sealed class PortalPageFunctions(
    OrganisationSettings organisations,
    ShowPortalMonthPage months,
    ShowPortalPlacePage places,
    AcknowledgeMonths acknowledge,
    AnswerMonthByForm answer)
{
    private const string Months = "r/{region}/months";
    private const string Place = Months + "/{month}/{nda}";

    /// <summary><c>GET r/{region}/months</c>: leads to the last month that is over.</summary>
    [Function("ShowOfficerHome")]
    [Access(Callers.Officer)]
    [Page]
    public async Task<IResult> Home(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Months)] HttpRequest request, CancellationToken cancellation)
    {
        var holder = await organisations.HolderAsync(request, cancellation);
        return holder.IsOk
            ? Results.Redirect($"{holder.Value.Id.Pages}/months/{months.Current(holder.Value)}")
            : await request.RefusalPageAsync(null, holder.Refusal);
    }

    /// <summary><c>GET r/{region}/months/{month}</c>: where every organisation's month stands.</summary>
    [Function("ShowPortalMonthPage")]
    [Access(Callers.Officer)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Months + "/{month}")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<PortalMonthPage, PortalMonthModel>(
            await organisations.HolderAsync(request, cancellation),
            holder => RegionRoute.Of(request).ThenAsync(
                route => months.RunAsync(holder, route, request.Query, request.Caller(), cancellation)));

    /// <summary>Acknowledges the months that the form names, and shows the list again.</summary>
    [Function("AcknowledgeMonthsOnPage")]
    [Access(Callers.Officer, Role = OfficerRole.Handling, PerMinute = 30)]
    [Page]
    public Task<IResult> Acknowledge(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Months + "/{month}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.HolderAsync(request, cancellation),
            (holder, form) => AcknowledgeAsync(request, client, holder, form, cancellation),
            cancellation);

    /// <summary><c>GET r/{region}/months/{month}/{nda}</c>: one organisation's month.</summary>
    [Function("ShowPortalPlacePage")]
    [Access(Callers.Officer)]
    [Page]
    public async Task<IResult> ShowOne(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Place)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<PortalOrganisationPage, PortalOrganisationModel>(
            await organisations.HolderAsync(request, cancellation), holder => ShownAsync(request, holder, cancellation));

    /// <summary>Acknowledges, returns, closes or opens again, as the form says.</summary>
    [Function("AnswerMonthOnPage")]
    [Access(Callers.Officer, Role = OfficerRole.Handling, PerMinute = 60)]
    [Page]
    public Task<IResult> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Place)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.HolderAsync(request, cancellation),
            (holder, form) => AnswerAsync(request, client, holder, form, cancellation),
            cancellation);

    private async Task<IResult> AcknowledgeAsync(
        HttpRequest request, DurableTaskClient client, Organisation holder, FormFields form, CancellationToken cancellation)
    {
        var route = RegionRoute.Of(request);
        if (!route.IsOk)
        {
            return await request.RefusalPageAsync(holder, route.Refusal);
        }

        var named = form.All(form.Text("act") == PortalActs.AcknowledgeAll ? "all" : "one").Select(MonthChoice.Of).OfType<MonthChoice>();
        var done = await acknowledge.RunAsync(route.Value, named, request.Caller(), cancellation);
        foreach (var organisation in done.Done)
        {
            await TellMonthOrchestrator.TellAsync(client, organisation, route.Value.Month, cancellation);
        }

        var show = PortalShows.All.Contains(form.Text("show") ?? "") ? $"&show={form.Text("show")}" : "";
        return Results.Redirect($"{request.Path}?done={done.Done.Count}&refused={done.Refused}{show}");
    }

    private async Task<IResult> AnswerAsync(
        HttpRequest request, DurableTaskClient client, Organisation holder, FormFields form, CancellationToken cancellation)
    {
        var place = PortalRoute.Of(request);
        var done = await place.ThenAsync(p => answer.RunAsync(p, form, request.Caller(), cancellation))
            .TellAsync(client, answered => (answered.Organisation, place.Value!.Month), cancellation);
        return done.IsOk
            ? Results.Redirect($"{request.Path}{request.QueryString.Add("done", done.Value.Act)}")
            : await request.ReturnAsync<PortalOrganisationPage, PortalOrganisationModel>(
                holder,
                done.Refusal,
                ShownAsync(request, holder, cancellation),
                shown => shown with { Returned = request.Returned(PortalOrganisationModel.Form, form, done.Refusal, holder) });
    }

    private Task<Result<PortalOrganisationModel>> ShownAsync(
        HttpRequest request, Organisation holder, CancellationToken cancellation) =>
        PortalRoute.Of(request).ThenAsync(
            place => places.RunAsync(holder, place, request.Query, request.Caller(), cancellation));
}
