using Azure;
using Emargement.Domain.Absences;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Absences.Reasons;

/// <summary>The reasons of absences: an organisation's list, and a Région's, which rules for its learners once there is one.</summary>
public sealed class ReasonFunctions(SaveReason save)
{
    private const string All = "api/organisations/{org}/absence-reasons";
    private const string One = All + "/{reason}";
    private const string AllOfRegion = "api/region/{region}/absence-reasons";
    private const string OneOfRegion = AllOfRegion + "/{reason}";

    /// <summary>An organisation's reasons, the usual ones and those of one funder among them.</summary>
    [Function("ListAbsenceReasons")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Absences)]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(request.Organisation(), holder => ListAsync(holder, cancellation), reasons => ApiJson.Ok(reasons));

    /// <summary>Adds a reason, or what one is for the learners of a funder.</summary>
    [Function("AddAbsenceReason")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Absences, PerMinute = 60)]
    public Task<IResult> Add(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            request.Organisation(),
            (OrganisationId holder, ReasonBody body) => save.AddAsync(holder, body, cancellation),
            added => Ok(added, StatusCodes.Status201Created),
            cancellation);

    /// <summary>Changes a reason, of one funder where the query names it; what was decided before keeps its own.</summary>
    [Function("ChangeAbsenceReason")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Absences, PerMinute = 60)]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        ChangeAsync(request, request.Organisation(), cancellation);

    /// <summary>A Région's reasons; nothing until it publishes some.</summary>
    [Function("ListRegionAbsenceReasons")]
    [Access(Callers.RegionKey | Callers.Officer, Right = ApiRights.Months)]
    public Task<IResult> ListOfRegion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = AllOfRegion)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(Region(request), holder => ListAsync(holder, cancellation), reasons => ApiJson.Ok(reasons));

    /// <summary>Adds a reason to a Région's list.</summary>
    [Function("AddRegionAbsenceReason")]
    [Access(Callers.RegionKey | Callers.Officer, Right = ApiRights.Months, Role = OfficerRole.Leading, PerMinute = 60)]
    public Task<IResult> AddToRegion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = AllOfRegion)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            Region(request),
            (OrganisationId holder, ReasonBody body) => save.AddAsync(holder, body, cancellation),
            added => Ok(added, StatusCodes.Status201Created),
            cancellation);

    /// <summary>Changes a reason of a Région's list.</summary>
    [Function("ChangeRegionAbsenceReason")]
    [Access(Callers.RegionKey | Callers.Officer, Right = ApiRights.Months, Role = OfficerRole.Leading, PerMinute = 60)]
    public Task<IResult> ChangeOfRegion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = OneOfRegion)] HttpRequest request, CancellationToken cancellation) =>
        ChangeAsync(request, Region(request), cancellation);

    private Task<IResult> ChangeAsync(HttpRequest request, Result<OrganisationId> holder, CancellationToken cancellation) =>
        Endpoint.ChangeAsync(
            request,
            holder,
            (OrganisationId whose, ReasonPatch patch, ETag version) => save.ChangeAsync(
                whose, request.RouteText("reason"), request.Query["funder"].FirstOrDefault(), patch, version, cancellation),
            changed => Ok(changed, StatusCodes.Status200OK),
            cancellation);

    private async Task<Result<ReasonsView>> ListAsync(OrganisationId holder, CancellationToken cancellation) =>
        new ReasonsView([.. (await save.ListAsync(holder, cancellation)).Select(ReasonView.Of)]);

    private static Result<OrganisationId> Region(HttpRequest request) => RegionCode.TryParse(request.RouteText("region"), out var region)
        ? OrganisationId.OfRegion(region)
        : Refusal.NotFound("region-unknown");

    private static IResult Ok(Stored<AbsenceReason> reason, int status) => ETags.Ok(ReasonView.Of(reason), reason.ETag, status);
}

/// <summary>A list of reasons.</summary>
public sealed record ReasonsView(IReadOnlyList<ReasonView> Reasons);
