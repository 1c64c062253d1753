using Azure;
using Emargement.Domain.Accounts;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Planning.People;

/// <summary>Learners and their enrolments, written by hand: what a person changes stands above the files.</summary>
public sealed class LearnerHandFunctions(CreateLearner create, ChangePerson change, EnrolLearner enrol)
{
    private const string All = "api/organisations/{org}/learners";
    private const string One = All + "/{learner}";

    /// <summary>Creates a learner whom no file brought. Asked again, it answers with the same.</summary>
    [Function("CreateLearner")]
    [Access(Callers.Manager)]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            request.Organisation(),
            (OrganisationId organisation, NewLearner body) => create.RunAsync(organisation, body, cancellation),
            learner =>
            {
                request.HttpContext.NoteWhom(request.Organisation().Value, new AccountId(AccountKind.Learner, learner.Learner.Ref));
                return LearnerDetails.Answer(learner, StatusCodes.Status201Created);
            },
            cancellation);

    /// <summary>A learner with the enrolments, and what of both was changed by hand.</summary>
    [Function("GetLearner")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    [Audit(AuditKind.Read)]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            Of(request),
            learner => change.ReadLearnerAsync(learner.Organisation, learner.Id, cancellation),
            learner => LearnerDetails.Answer(learner, StatusCodes.Status200OK));

    /// <summary>Changes a learner; members left out stay. If-Match carries the version.</summary>
    [Function("ChangeLearner")]
    [Access(Callers.Manager)]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.ChangeAsync(
            request,
            Of(request),
            (Route<Reference> learner, LearnerPatch body, ETag version) =>
                change.RunAsync(learner.Organisation, learner.Id, body, version, cancellation),
            learner => LearnerDetails.Answer(learner, StatusCodes.Status200OK),
            cancellation);

    /// <summary>Enrols a learner in a group, or adds a period, as when the funder changes. Asked again, it answers with the same.</summary>
    [Function("EnrolLearner")]
    [Access(Callers.Manager)]
    public Task<IResult> Enrol(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One + "/enrolments")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            Of(request),
            (Route<Reference> learner, NewEnrolment body) => enrol.AddAsync(learner.Organisation, learner.Id, body, cancellation),
            learner => LearnerDetails.Answer(learner, StatusCodes.Status201Created),
            cancellation);

    /// <summary>Changes a period of an enrolment; members left out stay. If-Match carries the version of the enrolment.</summary>
    [Function("ChangeEnrolment")]
    [Access(Callers.Manager)]
    public Task<IResult> ChangeEnrolment(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = One + "/enrolments/{training}/{group}")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.ChangeAsync(
            request,
            EnrolmentOf(request),
            (Route<EnrolmentKey> enrolment, EnrolmentPatch body, ETag version) =>
                enrol.ChangeAsync(enrolment.Organisation, enrolment.Id, body, version, cancellation),
            learner => LearnerDetails.Answer(learner, StatusCodes.Status200OK),
            cancellation);

    private static Result<Route<Reference>> Of(HttpRequest request) =>
        Routes.Of<Reference>(request, "learner", Reference.TryParseKey, "learner-not-found");

    private static Result<Route<EnrolmentKey>> EnrolmentOf(HttpRequest request)
    {
        var learner = Of(request);
        return !learner.IsOk ? learner.Refusal
            : !Reference.TryParseKey(request.RouteText("training"), out var training)
                || !Reference.TryParseKey(request.RouteText("group"), out var group)
                ? Refusal.NotFound("enrolment-unknown")
            : new Route<EnrolmentKey>(learner.Value.Organisation, new EnrolmentKey(learner.Value.Id, training, group.Value));
    }
}
