using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Accounts.Office;
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
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => ChangeAsync(request, client, organisation, form, cancellation),
            cancellation);

    private async Task<IResult> ChangeAsync(
        HttpRequest request, DurableTaskClient client, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var done = await client.SendAsync(
            change.RunAsync(organisation.Id, form, request.Caller(), cancellation), d => d.Batch, cancellation);
        return done.IsOk
            ? Results.Redirect($"/o/{organisation.Id}/settings/managers?done={done.Value.Done}")
            : await request.ReturnAsync<StaffPage, StaffModel>(
                organisation,
                done.Refusal,
                show.RunAsync(organisation, request.Caller(), cancellation),
                shown => shown with { Refusal = request.Texts().Refusal(done.Refusal), Typed = form.Typed });
    }
}
