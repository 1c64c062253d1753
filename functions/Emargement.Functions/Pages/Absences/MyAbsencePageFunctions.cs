using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Absences;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Absences;

/// <summary>A learner's absences: filed from the phone, without a script.</summary>
public sealed class MyAbsencePageFunctions(
    OrganisationSettings organisations, ShowMyAbsences show, FileAbsence file, AttachDocument attach, WithdrawAbsence withdraw,
    NewAbsenceForm form, LargeBodies bodies)
{
    private const string All = "o/{org}/my-absences";
    private const string New = "o/{org}/new-absence";

    /// <summary>What the learner filed, and what became of it.</summary>
    [Function("ShowMyAbsencesPage")]
    [Access(Callers.Learner)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<MyAbsencesPage, MyAbsencesModel>(
            await organisations.OfAsync(request, cancellation), organisation => ShownAsync(request, organisation, cancellation));

    /// <summary>The form of a new absence.</summary>
    [Function("ShowNewAbsencePage")]
    [Access(Callers.Learner)]
    [Page]
    public async Task<IResult> ShowNew(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = New)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<NewAbsencePage, NewAbsenceModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => form.OfLearnerAsync(
                organisation, request.Caller().Person!.Value, AbsenceForms.Asked(request.Query), cancellation));

    /// <summary>Files an absence, then asks for its document.</summary>
    [Function("FileAbsenceByForm")]
    [Access(Callers.Learner, PerMinute = 20)]
    [Page]
    public Task<IResult> File(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = New)] HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request, organisations.OfAsync(request, cancellation),
            (organisation, sent) => FileAsync(request, organisation, sent, cancellation), cancellation);

    /// <summary>Adds a document to an absence that nobody has decided.</summary>
    [Function("AttachDocumentByForm")]
    [Access(Callers.Learner, PerMinute = 20)]
    [Page(Of = All)]
    public async Task<IResult> Attach(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = All + "/{absence}/files")] HttpRequest request,
        CancellationToken cancellation) =>
        await AnswerAsync(
            request, await organisations.OfAsync(request, cancellation), route => AttachAsync(request, route, cancellation), cancellation);

    /// <summary>Takes back an absence that nobody has decided.</summary>
    [Function("WithdrawAbsenceByForm")]
    [Access(Callers.Learner, PerMinute = 20)]
    [Page(Of = All)]
    public async Task<IResult> Withdraw(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = All + "/{absence}")] HttpRequest request,
        CancellationToken cancellation) =>
        await AnswerAsync(
            request, await organisations.OfAsync(request, cancellation),
            route => withdraw.RunAsync(route, request.Caller(), cancellation), cancellation);

    private async Task<IResult> FileAsync(
        HttpRequest request, Organisation organisation, FormFields sent, CancellationToken cancellation)
    {
        var learner = request.Caller().Person!.Value;
        var filed = await AbsenceForms.Of(sent, learner)
            .ThenAsync(asked => file.RunAsync(organisation, asked, request.Caller(), cancellation));
        return await request.AnswerAsync<Absence, NewAbsencePage, NewAbsenceModel>(
            organisation,
            filed,
            absence => Address(organisation.Id, absence),
            () => form.OfLearnerAsync(organisation, learner, AbsenceForms.Typed(sent), cancellation),
            (shown, why) => shown with { Returned = new ReturnedForm(NewAbsenceModel.Form, why, sent.Typed) });
    }

    private async Task<Result<Absence>> AttachAsync(HttpRequest request, Route<AbsenceId> route, CancellationToken cancellation)
    {
        var body = await bodies.ReadFileAsync(request, "file", BodyLane.Known, AttachDocument.MaxBytes, cancellation);
        if (!body.IsOk)
        {
            return body.Refusal;
        }

        using var document = body.Value;
        return await attach.RunAsync(route, document.Bytes, request.Caller(), cancellation);
    }

    private async Task<IResult> AnswerAsync(
        HttpRequest request, Result<Organisation> organisation, Func<Route<AbsenceId>, Task<Result<Absence>>> act,
        CancellationToken cancellation)
    {
        if (!organisation.IsOk)
        {
            return await request.RefusalPageAsync(null, organisation.Refusal);
        }

        return await request.AnswerAsync<Absence, MyAbsencesPage, MyAbsencesModel>(
            organisation.Value,
            await AbsenceForms.Route(request).ThenAsync(act),
            absence => Address(organisation.Value.Id, absence),
            () => ShownAsync(request, organisation.Value, cancellation),
            (shown, why) => shown with
            {
                Returned = new ReturnedForm(request.RouteText("absence"), why, new Dictionary<string, string>()),
            });
    }

    private static string Address(OrganisationId organisation, Absence absence) =>
        $"/o/{organisation}/my-absences{(absence.Outcome is null ? $"?filed={absence.Id}" : "")}";

    private Task<Result<MyAbsencesModel>> ShownAsync(
        HttpRequest request, Organisation organisation, CancellationToken cancellation) =>
        show.RunAsync(organisation, request.Caller().Person!.Value, request.Query["filed"], cancellation);
}
