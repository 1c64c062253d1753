using Emargement.Domain.Absences;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Storage;
using Emargement.Web.Absences;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Absences;

/// <summary>The pages of reasons: an organisation's for its managers, a Région's for the officers who lead. They need no script.</summary>
public sealed class ReasonPageFunctions(OrganisationSettings organisations, ShowReasons show, ChangeReasonByForm change)
{
    private const string OfOrganisation = "o/{org}/reasons";
    private const string OfRegion = "r/{region}/reasons";

    /// <summary>An organisation's reasons.</summary>
    [Function("ShowReasonsPage")]
    [Access(Callers.Manager)]
    [Page]
    public Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = OfOrganisation)] HttpRequest request, CancellationToken cancellation) =>
        ShowAsync(request, cancellation);

    /// <summary>Adds or changes a reason of an organisation.</summary>
    [Function("ChangeReasonByForm")]
    [Access(Callers.Manager, PerMinute = 60)]
    [Page]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = OfOrganisation)] HttpRequest request, CancellationToken cancellation) =>
        ChangeAsync(request, cancellation);

    /// <summary>A Région's reasons.</summary>
    [Function("ShowRegionReasonsPage")]
    [Access(Callers.Officer, Role = OfficerRole.Leading)]
    [Page]
    public Task<IResult> ShowOfRegion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = OfRegion)] HttpRequest request, CancellationToken cancellation) =>
        ShowAsync(request, cancellation);

    /// <summary>Adds or changes a reason of a Région.</summary>
    [Function("ChangeRegionReasonByForm")]
    [Access(Callers.Officer, Role = OfficerRole.Leading, PerMinute = 60)]
    [Page]
    public Task<IResult> ChangeOfRegion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = OfRegion)] HttpRequest request, CancellationToken cancellation) =>
        ChangeAsync(request, cancellation);

    private async Task<IResult> ShowAsync(HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<ReasonsPage, ReasonsModel>(
            await organisations.HolderAsync(request, cancellation),
            holder => show.RunAsync(holder, request.Query["done"], cancellation));

    private Task<IResult> ChangeAsync(HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.HolderAsync(request, cancellation),
            (holder, form) => AnswerAsync(request, holder, form, cancellation),
            cancellation);

    private async Task<IResult> AnswerAsync(HttpRequest request, Organisation holder, FormFields form, CancellationToken cancellation)
    {
        var done = await change.RunAsync(holder.Id, form, cancellation);
        return await request.AnswerAsync<Stored<AbsenceReason>, ReasonsPage, ReasonsModel>(
            holder,
            done,
            saved => $"{holder.Id.Pages}/reasons?done={saved.Value.Code}",
            () => show.RunAsync(holder, null, cancellation),
            (shown, why) => shown with
            {
                Returned = new(ReasonsModel.FormOf(form.Text("code"), form.Text("funder"), form.Text("act")), why, form.Typed),
            });
    }
}
