using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Signing.Tokens;
using Emargement.Web.People;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.People;

/// <summary>The page of a learner or a trainer, and what its forms ask for.</summary>
public sealed class PersonPageFunctions(
    OrganisationSettings organisations, ShowPerson show, ChangePersonByForm change, GiveAccessByForm give, PublicAddress address)
{
    private const string LearnerRoute = "o/{org}/people/learners/{learner}";
    private const string TrainerRoute = "o/{org}/people/trainers/{trainer}";

    /// <summary>A learner: who they are, where they learn, how they sign in.</summary>
    [Function("ShowOneLearnerPage")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Read)]
    [Page]
    public Task<IResult> ShowLearner(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = LearnerRoute)] HttpRequest request, CancellationToken cancellation) =>
        ShowAsync(request, Learner(request), cancellation);

    /// <summary>Changes a learner or the enrolments, or gives access; then shows the page again.</summary>
    [Function("ChangeLearnerByForm")]
    [Access(Callers.Manager)]
    [Page]
    public Task<IResult> ChangeLearner(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = LearnerRoute)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => PostAsync(request, client, Learner(request), cancellation);

    /// <summary>A trainer: who they are, how they sign in.</summary>
    [Function("ShowOneTrainerPage")]
    [Access(Callers.Manager)]
    [Page]
    public Task<IResult> ShowTrainer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = TrainerRoute)] HttpRequest request, CancellationToken cancellation) =>
        ShowAsync(request, Trainer(request), cancellation);

    /// <summary>Changes a trainer, or gives access; then shows the page again.</summary>
    [Function("ChangeTrainerByForm")]
    [Access(Callers.Manager)]
    [Page]
    public Task<IResult> ChangeTrainer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = TrainerRoute)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => PostAsync(request, client, Trainer(request), cancellation);

    private static Result<Route<Reference>> Learner(HttpRequest request) =>
        Routes.Of<Reference>(request, "learner", Reference.TryParseKey, "learner-not-found");

    private static Result<Route<Reference>> Trainer(HttpRequest request) =>
        Routes.Of<Reference>(request, "trainer", Reference.TryParseKey, "trainer-unknown");

    private static AccountId PersonOf(HttpRequest request, Reference reference) =>
        new(request.RouteValues.ContainsKey("trainer") ? AccountKind.Trainer : AccountKind.Learner, reference);

    private async Task<IResult> ShowAsync(HttpRequest request, Result<Route<Reference>> person, CancellationToken cancellation) =>
        await request.ShowAsync<PersonPage, PersonPageModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => person.ThenAsync(async route =>
                (await show.RunAsync(organisation.Id, PersonOf(request, route.Id), request.Query["month"], cancellation))
                .Then(shown => shown with { Done = PeopleActs.Known(request.Query["done"]) })));

    private Task<IResult> PostAsync(
        HttpRequest request, DurableTaskClient client, Result<Route<Reference>> person, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            async (organisation, form) => person.IsOk
                ? await ActAsync(request, client, organisation, PersonOf(request, person.Value.Id), form, cancellation)
                : await request.RefusalPageAsync(organisation, person.Refusal),
            cancellation);

    private async Task<IResult> ActAsync(
        HttpRequest request, DurableTaskClient client, Organisation organisation, AccountId person, FormFields form,
        CancellationToken cancellation)
    {
        var act = form.Text("act") ?? PeopleActs.Save;
        var changes = act is PeopleActs.Save or PeopleActs.Follow or PeopleActs.Enrol or PeopleActs.Period or PeopleActs.FollowPeriods;
        IReadOnlyList<NamesakeModel> namesakes = [];
        var given = new GivenAccess();
        Refusal? refusal;
        if (changes)
        {
            var changed = await change.RunAsync(organisation.Id, person, act, form, cancellation);
            (namesakes, refusal) = (changed.Value ?? [], changed.Refusal);
        }
        else
        {
            var done = await client.SendAsync(
                give.RunAsync(new Route<AccountId>(organisation.Id, person), act, form, address.Of(request), cancellation),
                g => g.Mails,
                cancellation);
            (given, refusal) = (done.Value ?? given, done.Refusal);
        }

        if (given.Cards is { } cards)
        {
            return TokenFunctions.ToFile(cards);
        }

        if (refusal is null && namesakes.Count == 0 && given.Once is null)
        {
            return Results.Redirect(
                $"/o/{organisation.Id}/people/{PersonWordsOfPages.KindOf(person.Kind)}/{person.Person.Key}?done={act}");
        }

        var returned = refusal is null ? null : request.Returned(FormOf(act, form, changes), form, refusal, organisation);
        var model = await show.RunAsync(organisation.Id, person, null, cancellation);
        return model.IsOk
            ? await request.PageAsync<PersonPage, PersonPageModel>(
                organisation,
                model.Value with
                {
                    Returned = returned,
                    Namesakes = namesakes,
                    Once = given.Once,
                    Done = refusal is null ? PeopleActs.Known(act) : null,
                },
                refusal is null ? StatusCodes.Status200OK : Problem.StatusOf(refusal.Kind))
            : await request.RefusalPageAsync(organisation, model.Refusal);
    }

    // Several forms of the page share an act: each is told its own refusal.
    private static string FormOf(string act, FormFields form, bool changes) => act switch
    {
        PeopleActs.Follow => PeopleActs.Save,
        PeopleActs.Period => form.Text("form") ?? PeopleActs.Save,
        PeopleActs.FollowPeriods => PeopleActs.Save,
        PeopleActs.Password => PeopleActs.Password,
        _ => changes ? act : "access",
    };
}
