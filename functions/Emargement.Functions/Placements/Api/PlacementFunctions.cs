using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Paper;
using Emargement.Functions.Placements.Terms;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary>The placements of an organisation: listed, created, read, changed, cancelled; and their signed paper forms.</summary>
public sealed class PlacementFunctions(
    ListPlacements list,
    CreatePlacement create,
    ChangePlacement change,
    CancelPlacement cancel,
    RecordPaper record,
    StoreScan store,
    PlacementFiles files,
    PlacementAnswers answers,
    PublicAddress address,
    LargeBodies bodies)
{
    /// <summary>The organisation's placements, with their state and what is late, by pages; a learner's own.</summary>
    [Function("ListPlacements")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PlacementRoute.All)] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request.Organisation(),
            organisation => list.RunAsync(organisation, request.Caller(), request.Query["continuation"], cancellation),
            page => ApiJson.Ok(page));

    /// <summary>Creates a placement; a repeat answers with the first one.</summary>
    [Function("CreatePlacement")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    [OwnFacts]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PlacementRoute.All)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            request.Organisation(),
            (OrganisationId organisation, CreatePlacementRequest body) => answers.WokenAsync(
                client,
                create.RunAsync(organisation, body, request.Caller().Id, address.Of(request), cancellation),
                file => file,
                cancellation),
            answers.Created,
            cancellation);

    /// <summary>Terms, weeks, mails and documents of a placement.</summary>
    [Function("GetPlacement")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PlacementRoute.Address)] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(PlacementRoute.Of(request), route => files.OpenAsync(route, request.Caller(), cancellation), answers.Ok);

    /// <summary>Extends, shortens, changes tutors or days off, from the version read.</summary>
    [Function("ChangePlacement")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    [OwnFacts]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PlacementRoute.Address + "/changes")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        answers.ChangedAsync(
            request,
            client,
            PlacementRoute.Of(request),
            (Route<PlacementId> route, ChangePlacementRequest body) => change.RunAsync(route, body, request.Caller().Id, cancellation),
            cancellation);

    /// <summary>Cancels a placement: nobody is mailed any more; what was validated is sealed.</summary>
    [Function("CancelPlacement")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    [Audit(AuditKind.Cancellation)]
    public Task<IResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PlacementRoute.Address + "/cancellation")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        answers.ChangedAsync(
            request,
            client,
            PlacementRoute.Of(request),
            (Route<PlacementId> route, CancelPlacementRequest body) => cancel.RunAsync(route, body, request.Caller().Id, cancellation),
            cancellation);

    /// <summary>Records days of a signed paper form, whose scan was uploaded.</summary>
    [Function("RecordPlacementPaper")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    [OwnFacts]
    public Task<IResult> Paper(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PlacementRoute.Address + "/paper")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        answers.ChangedAsync(
            request,
            client,
            PlacementRoute.Of(request),
            (Route<PlacementId> route, PaperRequest body) => record.RunAsync(route, body, request.Caller().Id, cancellation),
            cancellation);

    /// <summary>Keeps the scan of a signed paper form (PDF, JPEG or PNG, 10 MB).</summary>
    [Function("UploadPlacementScan")]
    [Access(Callers.Manager)]
    public Task<IResult> Scan(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PlacementRoute.Address + "/scans")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            PlacementRoute.Of(request),
            route => bodies.UseAsync(
                request, BodyLane.Known, ScanType.MaxBytes, scan => store.RunAsync(route, scan, cancellation), cancellation),
            sha256 => ApiJson.Ok(new { scan = sha256 }, StatusCodes.Status201Created));
}
