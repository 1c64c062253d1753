using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Amendments;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Portal;
using Emargement.Functions.Portal.Amendments;
using Emargement.Web.Portal;
using Emargement.Web.Portal.Amendments;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Portal;

/// <summary>An officer's pages of amendments, and the answers to them. Forms need no script.</summary>
public sealed class PortalAmendmentPageFunctions(
    OrganisationSettings organisations, ShowPortalAmendments show, PortalAmendments amendments)
{
    private const string All = "r/{region}/amendments";
    private const string One = All + "/{month}/{nda}/{number}";

    /// <summary>What organisations ask to amend; nobody is named.</summary>
    [Function("ShowPortalAmendmentsPage")]
    [Access(Callers.Officer)]
    [Page]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<PortalAmendmentsPage, PortalAmendmentsModel>(
            await organisations.HolderAsync(request, cancellation), holder => show.ListAsync(holder, cancellation));

    /// <summary>One amendment, with minutes before and after.</summary>
    [Function("ShowPortalAmendmentPage")]
    [Access(Callers.Officer)]
    [Page]
    [Audit(AuditKind.Read)]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<PortalAmendmentPage, PortalAmendmentModel>(
            await organisations.HolderAsync(request, cancellation), holder => ShownAsync(request, holder, cancellation));

    /// <summary>Agrees to it or refuses it, and shows it again.</summary>
    [Function("AnswerAmendmentOnPage")]
    [Access(Callers.Officer, Role = OfficerRole.Handling, PerMinute = 60)]
    [Page]
    public Task<IResult> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.HolderAsync(request, cancellation),
            (holder, form) => AnswerAsync(request, client, holder, form, cancellation),
            cancellation);

    private async Task<IResult> AnswerAsync(
        HttpRequest request, DurableTaskClient client, Organisation holder, FormFields form, CancellationToken cancellation)
    {
        var place = PortalRoute.Of(request);
        var answer = form.Text("act") switch
        {
            PortalActs.Agree => new AmendmentAnswer(true, form.Text("text")),
            PortalActs.Refuse => new AmendmentAnswer(false, form.Text("text")),
            _ => (Result<AmendmentAnswer>)Refusal.BadInput("form-invalid"),
        };
        var done = await place.ThenAsync(p => PortalAmendmentFunctions.NumberOf(request).ThenAsync(number => answer.ThenAsync(
            said => amendments.AnswerAsync(p, number, said, request.Caller(), cancellation))));
        var started = await done.ThenAsync(d => AmendmentRuns.StartAsync(
            client, place.Value!.Region, d.Organisation, d.Amendment, cancellation));
        return started.IsOk
            ? Results.Redirect($"{request.Path}{request.QueryString.Add("done", "1")}")
            : await request.ReturnAsync<PortalAmendmentPage, PortalAmendmentModel>(
                holder,
                started.Refusal,
                ShownAsync(request, holder, cancellation),
                shown => shown with { Returned = request.Returned(PortalAmendmentModel.Form, form, started.Refusal, holder) });
    }

    private Task<Result<PortalAmendmentModel>> ShownAsync(HttpRequest request, Organisation holder, CancellationToken cancellation) =>
        PortalRoute.Of(request).ThenAsync(place => PortalAmendmentFunctions.NumberOf(request).ThenAsync(
            number => show.RunAsync(holder, place, number, request.Query.ContainsKey("done"), request.Caller(), cancellation)));
}
