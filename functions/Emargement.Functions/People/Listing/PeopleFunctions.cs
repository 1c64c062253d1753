using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.People.Listing;

/// <summary>Learners, trainers and trainings, as imports brought them; a list comes page by page.</summary>
public sealed class PeopleFunctions(
    OrganisationSettings organisations, LearnersTable learners, TrainersTable trainers, TrainingsTable trainings, ChangeTraining change)
{
    private const string Route = "api/organisations/{org}";

    /// <summary>The organisation's learners.</summary>
    [Function("ListLearners")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    [Audit(AuditKind.Read)]
    public async Task<IResult> ListLearners(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/learners")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => PageAsync(organisation, request, learners, LearnerView.Of, cancellation),
            page => ApiJson.Ok(page));

    /// <summary>The organisation's trainers.</summary>
    [Function("ListTrainers")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.People)]
    public async Task<IResult> ListTrainers(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/trainers")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => PageAsync(organisation, request, trainers, TrainerView.Of, cancellation),
            page => ApiJson.Ok(page));

    /// <summary>The organisation's trainings.</summary>
    [Function("ListTrainings")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.People)]
    public async Task<IResult> ListTrainings(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/trainings")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => PageAsync(organisation, request, trainings, TrainingView.Of, cancellation),
            page => ApiJson.Ok(page));

    /// <summary>Sets what a manager decides of a training; imports leave it alone.</summary>
    [Function("ChangeTraining")]
    [Access(Callers.Manager | Callers.Operator)]
    public Task<IResult> ChangeTraining(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Route + "/trainings/{training}")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            Routes.Of<Reference>(request, "training", Reference.TryParseKey, "training-unknown"),
            (Route<Reference> training, TrainingChange body) => change.RunAsync(training, body, cancellation),
            training => ApiJson.Ok(TrainingView.Of(training)),
            cancellation);

    private static async Task<Result<Page<TView>>> PageAsync<T, TView>(
        Organisation organisation, HttpRequest request, ReferenceTable<T> table, Func<T, TView> view, CancellationToken cancellation)
    {
        var page = await table.ListAsync(organisation.Id, request.Query["continuation"], cancellation);
        return new Page<TView>([.. page.Items.Select(view)], page.Continuation);
    }
}
