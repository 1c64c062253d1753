using Emargement.Domain.Absences;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences;
using Emargement.Functions.Absences.Runs;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Absences;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Absences;

/// <summary>The pages on which managers examine absences, and file those that learners did not.</summary>
public sealed class AbsencePageFunctions(
    OrganisationSettings organisations, ShowAbsences showAll, ShowAbsence showOne, FileAbsence file, DecideAbsence decide,
    OpenDocument open, NewAbsenceForm form)
{
    private const string All = "o/{org}/absences";
    private const string One = All + "/{absence}";
    private const string Justify = "o/{org}/justify";

    /// <summary>The absences, by what they wait for.</summary>
    [Function("ShowAbsencesPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<AbsencesPage, AbsencesModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => showAll.RunAsync(organisation, request.Query["tab"], request.Query["month"], cancellation));

    /// <summary>One absence, with its documents and its half-days.</summary>
    [Function("ShowAbsencePage")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Read)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<AbsencePage, AbsenceModel>(
            await organisations.OfAsync(request, cancellation), organisation => ShownAsync(request, organisation, cancellation));

    /// <summary>Accepts or refuses an absence; its half-days follow.</summary>
    [Function("DecideAbsenceByForm")]
    [Access(Callers.Manager, PerMinute = 60)]
    [Audit(AuditKind.Correction)]
    [Page]
    public Task<IResult> Decide(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request, organisations.OfAsync(request, cancellation),
            (organisation, form) => DecideAsync(request, client, organisation, form, cancellation), cancellation);

    /// <summary>A document, as an attachment; who opened it is written down.</summary>
    [Function("OpenAbsenceDocument")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Export)]
    [Page(Of = One)]
    public async Task<IResult> Open(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One + "/files/{file}")] HttpRequest request,
        CancellationToken cancellation)
    {
        var opened = await AbsenceForms.Route(request)
            .ThenAsync(route => open.RunAsync(route, request.RouteText("file"), cancellation));
        return opened.IsOk
            ? Results.File(opened.Value.Content, opened.Value.Type, opened.Value.Name)
            : await request.RefusalPageAsync((await organisations.OfAsync(request, cancellation)).Value, opened.Refusal);
    }

    /// <summary>The form that justifies what a learner did not file.</summary>
    [Function("ShowJustifyPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> ShowJustify(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Justify)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<NewAbsencePage, NewAbsenceModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => form.OfStaffAsync(
                organisation, request.Query["learner"], AbsenceForms.Asked(request.Query), cancellation));

    /// <summary>Files an absence in a learner's place, then shows it for its decision.</summary>
    [Function("JustifyByForm")]
    [Access(Callers.Manager, PerMinute = 60)]
    [Page]
    public Task<IResult> FileForLearner(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Justify)] HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request, organisations.OfAsync(request, cancellation),
            (organisation, sent) => JustifyAsync(request, organisation, sent, cancellation), cancellation);

    private async Task<IResult> DecideAsync(
        HttpRequest request, DurableTaskClient client, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var decided = await AbsenceForms.Route(request)
            .ThenAsync(route => decide.RunAsync(organisation, route.Id, AbsenceForms.Decision(form), request.Caller(), cancellation))
            .ThenAsync(made => AbsenceRuns.StartAsync(client, organisation.Id, made, cancellation));
        if (decided.IsOk)
        {
            request.HttpContext.NoteWhom(organisation.Id, new AccountId(AccountKind.Learner, decided.Value.Learner));
        }

        return await request.AnswerAsync<Absence, AbsencePage, AbsenceModel>(
            organisation,
            decided,
            made => $"/o/{organisation.Id}/absences/{made.Id}",
            () => ShownAsync(request, organisation, cancellation),
            (shown, why) => shown with { Returned = new(AbsenceModel.Form, why, form.Typed) });
    }

    private async Task<IResult> JustifyAsync(
        HttpRequest request, Organisation organisation, FormFields sent, CancellationToken cancellation)
    {
        var asked = Reference.TryParse(sent.Text("learner"), out var learner)
            ? AbsenceForms.Of(sent, learner)
            : Refusal.NotFound("learner-not-found");
        var filed = await asked
            .ThenAsync(wanted => file.RunAsync(organisation, wanted, request.Caller(), cancellation));
        return await request.AnswerAsync<Absence, NewAbsencePage, NewAbsenceModel>(
            organisation,
            filed,
            absence => $"/o/{organisation.Id}/absences/{absence.Id}",
            () => form.OfStaffAsync(organisation, sent.Text("learner"), AbsenceForms.Typed(sent), cancellation),
            (shown, why) => shown with { Returned = new(NewAbsenceModel.Form, why, sent.Typed) });
    }

    private Task<Result<AbsenceModel>> ShownAsync(HttpRequest request, Organisation organisation, CancellationToken cancellation) =>
        AbsenceForms.Route(request).ThenAsync(route => showOne.RunAsync(organisation, route.Id, cancellation));
}
