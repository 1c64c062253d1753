using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
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
    [Audit(AuditKind.Role)]
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
        if (done.IsOk)
        {
            request.HttpContext.NoteWhom(organisation.Id, done.Value.Done.Whom);
        }

        return await request.AnswerAsync<QueuedMails<StaffChange>, StaffPage, StaffModel>(
            organisation,
            done,
            change => $"/o/{organisation.Id}/settings/managers?done={change.Done.Act}",
            () => show.RunAsync(organisation, request.Caller(), cancellation),
            (shown, refusal) => shown with { Refusal = refusal, Typed = form.Typed });
    }
}
