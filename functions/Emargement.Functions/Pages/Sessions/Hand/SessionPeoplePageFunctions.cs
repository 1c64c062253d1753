using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Hand;
using Emargement.Functions.Sessions.Unknown;
using Emargement.Web.Sessions.Hand;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Sessions.Hand;

/// <summary>The page on which somebody is added to a Session's list, or taken off it; it answers its own forms.</summary>
public sealed class SessionPeoplePageFunctions(
    OrganisationSettings organisations, ShowSessionPeople show, ChangeRoster roster, TellOfUnknown tell, SealStarter seal)
{
    private const string Route = "o/{org}/sessions/{session}/people";

    private static readonly string[] Acts = ["add", "remove", "unknown", "dealt-with"];

    /// <summary>Whom to add, and whom to take off.</summary>
    [Function("ShowSessionPeoplePage")]
    [Access(Callers.Trainer | Callers.Manager)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<SessionPeoplePage, SessionPeopleModel>(
            await organisations.GetAsync(request.RouteText("org"), cancellation),
            organisation => SessionRoute.Of(request)
                .ThenAsync(session => show.RunAsync(organisation, session.Id, request.Caller(), null, cancellation)));

    /// <summary>Adds somebody, takes somebody off, or tells of somebody whom nobody enrolled.</summary>
    [Function("ChangeRosterByForm")]
    [Access(Callers.Trainer | Callers.Manager)]
    [Page]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.GetAsync(request.RouteText("org"), cancellation),
            (organisation, form) => ChangeAsync(request, organisation, form, client, cancellation),
            cancellation);

    private async Task<IResult> ChangeAsync(
        HttpRequest request, Organisation organisation, FormFields form, DurableTaskClient client, CancellationToken cancellation)
    {
        var session = SessionRoute.Of(request);
        if (!session.IsOk)
        {
            return await request.RefusalPageAsync(organisation, session.Refusal);
        }

        var act = Acts.FirstOrDefault(a => a == form.Text("act")) ?? "add";
        if (await ActAsync(session.Value, act, form, request.Caller(), client, cancellation) is not { } refusal)
        {
            return Results.Redirect($"/o/{organisation.Id}/sessions/{session.Value.Id}");
        }

        var returned = request.Returned(act, form, refusal, organisation);
        return await request.ReturnAsync<SessionPeoplePage, SessionPeopleModel>(
            organisation,
            refusal,
            show.RunAsync(organisation, session.Value.Id, request.Caller(), returned, cancellation),
            shown => shown);
    }

    private async Task<Refusal?> ActAsync(
        Route<SessionId> session, string act, FormFields form, Caller caller, DurableTaskClient client, CancellationToken cancellation)
    {
        if (act is "unknown" or "dealt-with")
        {
            var told = PlanningForms.Unknown(form, dealtWith: act == "dealt-with");
            return (await tell.RunAsync(session.Organisation, session.Id, told, caller, cancellation)).Refusal;
        }

        var changed = await (act == "remove" ? PlanningForms.Remove(form) : PlanningForms.Add(form))
            .ThenAsync(body => roster.RunAsync(session.Organisation, session.Id, body, caller, cancellation))
            .ThenAsync(done => seal.AfterAsync(client, done, done.Seal, cancellation));
        return changed.Refusal;
    }
}
