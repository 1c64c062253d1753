using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions.Modes;
using Emargement.Functions.People;
using Emargement.Functions.People.Listing;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Sessions.Modes;
using Emargement.Web.Sessions.Modes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Sessions.Modes;

/// <summary>The pages of trainings: on paper or electronically, by group and month, and the ways to sign.</summary>
public sealed class TrainingPageFunctions(
    OrganisationSettings organisations, ShowTrainings show, ChangeModes change, ChangeTraining changeTraining)
{
    private const string All = "o/{org}/trainings";
    private const string One = All + "/{training}";

    /// <summary>The organisation's trainings.</summary>
    [Function("ShowTrainingsPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<TrainingsPage, TrainingsModel>(
            await organisations.OfAsync(request, cancellation),
            async organisation => (await show.ListAsync(organisation, cancellation)).Then(
                shown => shown with { Done = request.Query.ContainsKey("done") }));

    /// <summary>Decides for a pilot, or for everybody.</summary>
    [Function("ChangeModesByForm")]
    [Access(Callers.Manager)]
    [Page]
    public Task<IResult> ChangeAll(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            async (organisation, form) => await request.AnswerAsync<GroupModes, TrainingsPage, TrainingsModel>(
                organisation,
                await Asked(form).ThenAsync(asked => change.OfAllAsync(organisation, asked, request.Caller(), cancellation)),
                _ => $"/o/{organisation.Id}/trainings?done",
                () => show.ListAsync(organisation, cancellation),
                (shown, why) => shown with { Returned = new(form.Text("act") ?? "", why, form.Typed) }),
            cancellation);

    /// <summary>One training.</summary>
    [Function("ShowTrainingPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<TrainingPage, TrainingModel>(
            await organisations.OfAsync(request, cancellation),
            async organisation => (await TrainingOf(request).ThenAsync(t => show.OneAsync(organisation, t, cancellation))).Then(
                shown => shown with { Done = request.Query.ContainsKey("done") }));

    /// <summary>Decides for a group or the training, or which ways to sign it allows.</summary>
    [Function("ChangeTrainingByForm")]
    [Access(Callers.Manager)]
    [Page]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            async (organisation, form) => await request.AnswerAsync<string, TrainingPage, TrainingModel>(
                organisation,
                await TrainingOf(request).ThenAsync(t => ActAsync(organisation, t, form, request.Caller(), cancellation)),
                address => address,
                () => TrainingOf(request).ThenAsync(t => show.OneAsync(organisation, t, cancellation)),
                (shown, why) => shown with { Returned = new(form.Text("group") ?? form.Text("act") ?? "", why, form.Typed) }),
            cancellation);

    private async Task<Result<string>> ActAsync(
        Organisation organisation, Reference training, FormFields form, Caller caller, CancellationToken cancellation)
    {
        var done = $"/o/{organisation.Id}/trainings/{training.Key}?done";
        return form.Text("act") switch
        {
            TrainingModel.Methods => (await changeTraining.RunAsync(
                new Route<Reference>(organisation.Id, training), new TrainingChange(MethodsOf(form)), cancellation)).Then(_ => done),
            TrainingModel.First => (await change.OfTrainingAsync(
                organisation, training, new FirstMonthRequest(form.Text("month") ?? ""), caller, cancellation)).Then(_ => done),
            _ => (await OfGroupAsync(organisation, training, form, caller, cancellation)).Then(_ => done),
        };
    }

    private async Task<Result<GroupModes>> OfGroupAsync(
        Organisation organisation, Reference training, FormFields form, Caller caller, CancellationToken cancellation)
    {
        var mode = form.Text("act") == "paper" ? SigningMode.Paper : SigningMode.Electronic;
        return !Reference.TryParseKey(form.Text("group"), out var group) ? Refusal.NotFound("group-unknown")
            : !YearMonth.TryParse(form.Text("month"), out var month) ? Refusal.BadInput("month-invalid")
            : await change.OfGroupAsync(
                organisation, training, group.Value, new GroupModeRequest(month, mode, form.Text("reason")), caller, cancellation);
    }

    private static IReadOnlyList<SigningMethod>? MethodsOf(FormFields form) => form.Text("usual") is not null
        ? null
        : [.. form.All("method").Select(m => Enum.TryParse<SigningMethod>(m, out var method) ? method : SigningMethod.Paper)];

    // A pilot leaves all others on paper; what is general leaves what trainings decided.
    private static Result<ModesRequest> Asked(FormFields form)
    {
        var month = form.Text("month") ?? "";
        if (form.Text("act") == TrainingsModel.General)
        {
            return new ModesRequest(month);
        }

        var pilots = form.All("training").Select(key => Reference.TryParseKey(key, out var training) ? training : (Reference?)null)
            .OfType<Reference>().ToList();
        return pilots.Count == 0
            ? Refusal.BadInput("pilot-empty")
            : new ModesRequest("never", [.. pilots.Select(p => new PilotTraining(p, month))]);
    }

    private static Result<Reference> TrainingOf(HttpRequest request) =>
        Reference.TryParseKey(request.RouteText("training"), out var training) ? training : Refusal.NotFound("training-unknown");
}
