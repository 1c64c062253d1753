using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Reminders.Stopping;
using Emargement.Web.Reminders;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Reminders;

/// <summary>The page behind the link at the foot of a reminder.</summary>
public sealed class StopPageFunctions(StopLinks links, MuteReminders mute, OrganisationSettings organisations)
{
    private const string Address = "m/{secret}";
    private const string Because = "The secret in the address is the proof; it has 128 bits, and stops one reminder of one person.";

    /// <summary>Says what the link stops. Opening the page, by a person or by a mail scanner, changes nothing.</summary>
    [Function("ShowStopPage")]
    [Public(Because, PerMinute = 600)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Address)] HttpRequest request,
        CancellationToken cancellation) =>
        await ShowAsync(request, await links.OpenAsync(request.RouteText("secret"), cancellation), stopped: false, cancellation);

    /// <summary>Stops the reminder: from the page, or from a mail program in one click (RFC 8058), whatever it sends along.</summary>
    [Function("StopReminder")]
    [Public(Because, PerMinute = 600)]
    [Page]
    public async Task<IResult> Stop(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request, CancellationToken cancellation)
    {
        var right = await links.OpenAsync(request.RouteText("secret"), cancellation);
        var stopped = await right.ThenAsync(r => mute.StopAsync(r, cancellation));
        return await ShowAsync(request, stopped.IsOk ? right : stopped.Refusal, stopped: true, cancellation);
    }

    private async Task<IResult> ShowAsync(
        HttpRequest request, Result<StopRight> right, bool stopped, CancellationToken cancellation)
    {
        var organisation = await right.ThenAsync(r => organisations.GetAsync(r.Organisation, cancellation));
        return organisation.IsOk
            ? await request.PageAsync<StopPage, StopModel>(
                organisation.Value, new StopModel($"/m/{request.RouteText("secret")}", right.Value!.Kind, stopped))
            : await request.RefusalPageAsync(null, organisation.Refusal);
    }
}
