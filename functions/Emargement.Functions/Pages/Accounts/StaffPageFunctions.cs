using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Accounts;

/// <summary>The managers' page of the settings: who manages, who is invited. Its forms need no script.</summary>
public sealed class StaffPageFunctions(OrganisationSettings organisations, ShowStaff show, ChangeStaff change)
{
    private const string Address = "o/{org}/settings/managers";

    /// <summary>The managers, the invitations, and the form that invites.</summary>
    [Function("ShowStaffPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<StaffPage, StaffModel>(
            await organisations.OfAsync(request, cancellation),
            async organisation => (await show.RunAsync(organisation, request.Caller(), cancellation)).Then(
                shown => shown with { Done = StaffActs.Known(request.Query["done"]) }));

    /// <summary>Invites, sends again, takes back, suspends or restores; then shows the page again.</summary>
    [Function("ChangeStaff")]
    [Access(Callers.Manager, PerMinute = 30)]
    [Page]
    public async Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        var form = await organisation.ThenAsync(_ => request.ReadFieldsAsync(cancellation));
        var done = await client.SendAsync(
            form.ThenAsync(fields => change.RunAsync(organisation.Value!.Id, fields, request.Caller(), cancellation)),
            d => d.Batch,
            cancellation);
        return done.IsOk
            ? Results.Redirect($"/o/{organisation.Value!.Id}/settings/managers?done={done.Value.Done}")
            : await ReturnAsync(request, organisation, form.Value?.Typed, done.Refusal, cancellation);
    }

    private async Task<IResult> ReturnAsync(
        HttpRequest request,
        Result<Organisation> organisation,
        IReadOnlyDictionary<string, string>? typed,
        Refusal refusal,
        CancellationToken cancellation)
    {
        var shown = await organisation.ThenAsync(o => show.RunAsync(o, request.Caller(), cancellation));
        return !shown.IsOk || typed is null
            ? await request.RefusalPageAsync(organisation.Value, refusal)
            : await request.PageAsync<StaffPage, StaffModel>(
                organisation.Value,
                shown.Value with { Refusal = request.Texts().Refusal(refusal), Typed = typed },
                Problem.StatusOf(refusal.Kind));
    }
}
