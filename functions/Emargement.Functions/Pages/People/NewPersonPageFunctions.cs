using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.People;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.People;

/// <summary>The forms of learners and trainers whom no file brought.</summary>
public sealed class NewPersonPageFunctions(OrganisationSettings organisations, ShowNewPerson show, CreatePersonByForm create)
{
    private const string LearnerRoute = "o/{org}/new-learner";
    private const string TrainerRoute = "o/{org}/new-trainer";

    /// <summary>The form of a new learner.</summary>
    [Function("ShowNewLearnerPage")]
    [Access(Callers.Manager)]
    [Page]
    public Task<IResult> NewLearner(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = LearnerRoute)] HttpRequest request, CancellationToken cancellation) =>
        ShowAsync(request, AccountKind.Learner, cancellation);

    /// <summary>Creates a learner; where somebody bears nearly the same name, asks once more.</summary>
    [Function("CreateLearnerByForm")]
    [Access(Callers.Manager)]
    [Page]
    public Task<IResult> CreateLearner(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = LearnerRoute)] HttpRequest request, CancellationToken cancellation) =>
        PostAsync(request, AccountKind.Learner, cancellation);

    /// <summary>The form of a new trainer.</summary>
    [Function("ShowNewTrainerPage")]
    [Access(Callers.Manager)]
    [Page]
    public Task<IResult> NewTrainer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = TrainerRoute)] HttpRequest request, CancellationToken cancellation) =>
        ShowAsync(request, AccountKind.Trainer, cancellation);

    /// <summary>Creates a trainer; where somebody bears nearly the same name, asks once more.</summary>
    [Function("CreateTrainerByForm")]
    [Access(Callers.Manager)]
    [Page]
    public Task<IResult> CreateTrainer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = TrainerRoute)] HttpRequest request, CancellationToken cancellation) =>
        PostAsync(request, AccountKind.Trainer, cancellation);

    private async Task<IResult> ShowAsync(HttpRequest request, AccountKind kind, CancellationToken cancellation) =>
        await request.ShowAsync<NewPersonPage, NewPersonModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => show.RunAsync(organisation.Id, kind, FormFields.None, [], null, cancellation));

    private Task<IResult> PostAsync(HttpRequest request, AccountKind kind, CancellationToken cancellation) => PageForms.RunAsync(
        request,
        organisations.OfAsync(request, cancellation),
        (organisation, form) => CreateAsync(request, organisation, kind, form, cancellation),
        cancellation);

    private async Task<IResult> CreateAsync(
        HttpRequest request, Organisation organisation, AccountKind kind, FormFields form, CancellationToken cancellation)
    {
        var created = await create.RunAsync(organisation.Id, kind, form, cancellation);
        if (created is { IsOk: true, Value.Created: { } reference })
        {
            request.HttpContext.NoteWhom(organisation.Id, new AccountId(kind, reference));
            return Results.Redirect(
                $"/o/{organisation.Id}/people/{PersonWordsOfPages.KindOf(kind)}/{reference.Key}?done={PeopleActs.Save}");
        }

        var returned = created.Refusal is { } refusal ? request.Returned("new", form, refusal, organisation) : null;
        var model = await show.RunAsync(organisation.Id, kind, form, created.Value?.Namesakes ?? [], returned, cancellation);
        return await request.PageAsync<NewPersonPage, NewPersonModel>(
            organisation, model.Value!, created.IsOk ? StatusCodes.Status200OK : Problem.StatusOf(created.Refusal.Kind));
    }
}
