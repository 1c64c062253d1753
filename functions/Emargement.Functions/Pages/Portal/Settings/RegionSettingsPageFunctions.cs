using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Portal;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Portal.Settings;

/// <summary>The settings of a Région, for the officers who lead. Its forms need no script.</summary>
public sealed class RegionSettingsPageFunctions(
    OrganisationSettings organisations, ShowRegionSettings show, ChangeRegionByForm change)
{
    private const string Address = "r/{region}/settings";

    /// <summary>The rules, the officers, the keys, and who has looked at learners.</summary>
    [Function("ShowRegionSettingsPage")]
    [Access(Callers.Officer)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<RegionSettingsPage, RegionSettingsModel>(
            await organisations.HolderAsync(request, cancellation),
            holder => show.RunAsync(holder, request.Caller(), request.Query["done"], cancellation));

    /// <summary>Saves, invites, takes back, suspends or restores; then shows the page again.</summary>
    [Function("ChangeRegionOnPage")]
    [Access(Callers.Officer, Role = OfficerRole.Leading, PerMinute = 30)]
    [Page]
    [Audit(AuditKind.Role)]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.HolderAsync(request, cancellation),
            (holder, form) => ChangeAsync(request, client, holder, form, cancellation),
            cancellation);

    private async Task<IResult> ChangeAsync(
        HttpRequest request, DurableTaskClient client, Organisation holder, FormFields form, CancellationToken cancellation)
    {
        var done = await client.SendAsync(
            change.RunAsync(holder.Id, form, request.Caller(), cancellation), d => d.Batch, cancellation);
        if (done is { IsOk: true, Value.Done.Whom: { } whom })
        {
            request.HttpContext.NoteWhom(holder.Id, whom);
        }

        return await request.AnswerAsync<QueuedMails<RegionChanged>, RegionSettingsPage, RegionSettingsModel>(
            holder,
            done,
            changed => $"{holder.Id.Pages}/settings?done={changed.Done.Act}",
            () => show.RunAsync(holder, request.Caller(), null, cancellation),
            (shown, refusal) => shown with { Refusal = refusal, Typed = form.Typed });
    }
}
