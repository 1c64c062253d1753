using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Placements.Api;
using Emargement.Functions.Placements.Weeks;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Placements;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Placements;

/// <summary>The form of a week to declare as a browser sends it without our script, which asks the API instead.</summary>
public sealed class WeekFormFunctions(
    OrganisationSettings organisations, DeclareWeek declare, MaintainDays maintain, ShowWeek show, PlacementAnswers answers)
{
    /// <summary><c>POST o/{org}/placements/{placement}/week</c>: declares the days that say something, or maintains one.</summary>
    [Function("DeclareWeekByForm")]
    [Access(Callers.Learner | Callers.Tablet)]
    [Page]
    public Task<IResult> Declare(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "o/{org}/placements/{placement}/week")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            async (organisation, form) =>
            {
                var changed = await answers.WokenAsync(client, ActAsync(request, form, cancellation), file => file, cancellation);
                return changed.IsOk
                    ? Declared(request, form)
                    : await ReturnAsync(request, organisation, form, changed.Refusal, cancellation);
            },
            cancellation);

    private Task<Result<PlacementFile>> ActAsync(HttpRequest request, FormFields form, CancellationToken cancellation)
    {
        var week = At(request, form);
        return form.Text("maintained") is null
            ? week.ThenAsync(at => HoursForms.Week(form).ThenAsync(
                body => declare.RunAsync(at, body, request.Caller(), ClientNetwork.Of(request), cancellation)))
            : week.ThenAsync(at => HoursForms.Maintained(form).ThenAsync(
                body => maintain.RunAsync(at, body, request.Caller(), cancellation)));
    }

    private Task<IResult> ReturnAsync(
        HttpRequest request, Organisation organisation, FormFields form, Refusal refusal, CancellationToken cancellation) =>
        request.ReturnAsync<DeclarePage, DeclareModel>(
            organisation,
            refusal,
            show.RunAsync(PlacementRoute.Of(request), request.Caller(), form.Text("week"), cancellation),
            shown => shown with
            {
                Week = HoursForms.AsTyped(shown.Week, form),
                Returned = request.Returned(
                    form.Text("maintained") is null ? "declare" : "maintain", form, refusal, organisation),
            });

    // Seen by a GET of its own, so that going back or loading again declares nothing twice.
    private static IResult Declared(HttpRequest request, FormFields form) => Results.Redirect(
        $"{request.Path}?week={form.Text("week")}&done={(form.Text("maintained") is null ? "declared" : "maintained")}");

    private static Result<PlacementWeek> At(HttpRequest request, FormFields form)
    {
        var placement = PlacementRoute.Of(request);
        return !placement.IsOk ? placement.Refusal
            : !IsoWeek.TryParse(form.Text("week"), out var week) ? Refusal.NotFound("week-unknown")
            : new PlacementWeek(placement.Value, week);
    }
}
