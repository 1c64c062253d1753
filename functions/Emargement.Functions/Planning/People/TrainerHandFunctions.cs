using Azure;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Planning.People;

/// <summary>Trainers, written by hand: what a person changes stands above the files.</summary>
public sealed class TrainerHandFunctions(CreateTrainer create, ChangePerson change)
{
    private const string All = "api/organisations/{org}/trainers";
    private const string One = All + "/{trainer}";

    /// <summary>Creates a trainer whom no file brought. Asked again, it answers with the same.</summary>
    [Function("CreateTrainer")]
    [Access(Callers.Manager)]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            request.Organisation(),
            (OrganisationId organisation, NewTrainer body) => create.RunAsync(organisation, body, cancellation),
            trainer =>
            {
                request.HttpContext.NoteWhom(request.Organisation().Value, new AccountId(AccountKind.Trainer, trainer.Trainer.Ref));
                return TrainerDetails.Answer(trainer, StatusCodes.Status201Created);
            },
            cancellation);

    /// <summary>A trainer, and what was changed by hand.</summary>
    [Function("GetTrainer")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    [Audit(AuditKind.Read)]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            Of(request),
            trainer => change.ReadTrainerAsync(trainer.Organisation, trainer.Id, cancellation),
            trainer => TrainerDetails.Answer(trainer, StatusCodes.Status200OK));

    /// <summary>Changes a trainer; members left out stay. If-Match carries the version.</summary>
    [Function("ChangeTrainer")]
    [Access(Callers.Manager)]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.ChangeAsync(
            request,
            Of(request),
            (Route<Reference> trainer, TrainerPatch body, ETag version) =>
                change.RunAsync(trainer.Organisation, trainer.Id, body, version, cancellation),
            trainer => TrainerDetails.Answer(trainer, StatusCodes.Status200OK),
            cancellation);

    private static Result<Route<Reference>> Of(HttpRequest request) =>
        Routes.Of<Reference>(request, "trainer", Reference.TryParseKey, "trainer-unknown");
}
